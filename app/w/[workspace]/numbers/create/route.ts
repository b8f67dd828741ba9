import { addNumber } from '#lib/numbers/add.ts'
import { answerMemberForm } from '../../../../web/answer-form.ts'
import { ownPath } from '../../../../web/own-path.ts'
import { numberFieldNames } from '../number-field-names.ts'

type Context = { params: Promise<{ workspace: string }> }

/** Adds a number, and goes back to where somebody came from for it; without that, to the list. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const base = `/w/${workspace}/numbers`
  const next = ownPath(new URL(request.url).searchParams.get('next'), base)
  const back = next === base ? `${base}/new` : `${base}/new?next=${encodeURIComponent(next)}`
  const about = { form: 'number-new', back, shown: ['id', ...numberFieldNames] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    const { id } = await addNumber(actor, fields)
    return next === base ? `${base}?added=${id}` : next
  })
}
