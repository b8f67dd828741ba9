import { markSeen } from '#lib/notices/mark-seen.ts'
import { answerMemberForm } from '../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string }> }

/** **Mark all as seen**: hers, up to the newest that the page showed. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const back = `/w/${workspace}/notices`
  return answerMemberForm(
    request,
    workspace,
    { form: 'notices-seen', back, shown: [] },
    async ({ actor }, { newest = '' }) => {
      await markSeen(actor, newest)
      return back
    },
  )
}
