import { unlink } from '#lib/position-links/unlink.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; id: string }> }

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id } = await params
  const back = `/w/${workspace}/positions/${id}/settings`
  const about = { form: 'position-unlink', back, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }) => {
    await unlink(actor, { positionId: id })
    return back
  })
}
