import { setActive } from '#lib/connections/set-active.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** **Active / Inactive**. On leads to the connection's page, where the check before it fills its rows; off back to the switch. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const list = `/w/${workspace}/integrations`
  const page = `${list}/${connector}/${id}`
  const places: Readonly<Record<string, string>> = { list, settings: `${page}/settings` }
  const about = { form: 'connection-active', back: page, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, { active, from = '' }) => {
    await setActive(actor, { connectionId: id, active: active === 'yes' })
    return active === 'yes' ? page : (places[from] ?? page)
  })
}
