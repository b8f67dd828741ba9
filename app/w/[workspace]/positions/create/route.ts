import { createPosition } from '#lib/positions/create.ts'
import { answerMemberForm } from '../../../../web/answer-form.ts'
import { positionFieldNames } from '../position-field-names.ts'

type Context = { params: Promise<{ workspace: string }> }

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const base = `/w/${workspace}/positions`
  const about = { form: 'position-new', back: `${base}/new`, shown: ['id', ...positionFieldNames] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    const { id } = await createPosition(actor, fields)
    return `${base}/${id}`
  })
}
