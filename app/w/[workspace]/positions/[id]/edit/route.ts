import { editPosition } from '#lib/positions/edit.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'
import { positionFieldNames } from '../../position-field-names.ts'

type Context = { params: Promise<{ workspace: string; id: string }> }

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id } = await params
  const back = `/w/${workspace}/positions/${id}/settings`
  const about = { form: 'position-edit', back, shown: [...positionFieldNames] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await editPosition(actor, id, fields)
    return back
  })
}
