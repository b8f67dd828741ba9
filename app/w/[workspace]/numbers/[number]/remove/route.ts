import { removeNumber } from '#lib/numbers/remove.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; number: string }> }

/** Removes a number. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, number } = await params
  const base = `/w/${workspace}/numbers`
  const about = { form: 'number-remove', back: `${base}/${number}`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }) => {
    await removeNumber(actor, number)
    return `${base}?removed=yes`
  })
}
