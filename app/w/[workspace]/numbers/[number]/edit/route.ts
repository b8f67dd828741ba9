import { editNumber } from '#lib/numbers/edit.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'
import { numberFieldNames } from '../../number-field-names.ts'

type Context = { params: Promise<{ workspace: string; number: string }> }

/** Changes a number. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, number } = await params
  const base = `/w/${workspace}/numbers`
  const about = { form: 'number-edit', back: `${base}/${number}`, shown: numberFieldNames }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await editNumber(actor, number, fields)
    return `${base}?saved=${number}`
  })
}
