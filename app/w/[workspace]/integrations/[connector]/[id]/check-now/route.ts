import { checkNow } from '#lib/connections/check-now.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** **Check now**: has the connection checked by a task, and leads back to where its rows fill. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const back = `/w/${workspace}/integrations/${connector}/${id}`
  return answerMemberForm(request, workspace, { form: 'check-now', back, shown: [] }, async ({ actor }) => {
    await checkNow(actor, { connectionId: id })
    return back
  })
}
