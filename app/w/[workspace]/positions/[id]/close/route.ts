import { closePosition } from '#lib/positions/close.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; id: string }> }

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id } = await params
  const back = `/w/${workspace}/positions/${id}/settings`
  const about = { form: 'position-close', back, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }) => {
    await closePosition(actor, id)
    return back
  })
}
