import { keepForm } from '#lib/forms/state.ts'
import { chooseNumbers } from '#lib/numbers/choose.ts'
import { shownBoxes, ticksOf } from '#lib/numbers/ticks.ts'
import { answerMemberForm } from '../../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** **Submit**: which numbers a connection uses; or **Find**, which shows the form again with its ticks. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const back = `/w/${workspace}/integrations/${connector}/${id}/numbers`
  const about = { form: 'connection-numbers', back, shown: shownBoxes }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    if (fields.act === 'find') {
      const shown = [...shownBoxes(fields), 'known']
      return `${back}?form=${await keepForm(actor, { form: about.form, shown }, fields, {})}`
    }
    await chooseNumbers(actor, {
      connectionId: id,
      ticks: ticksOf(name => fields[name]),
      known: fields.known ?? '',
    })
    return `${back}?saved=numbers`
  })
}
