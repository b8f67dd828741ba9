import { startLinkSession } from '#lib/link-sessions/start.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string }> }

/** **New authentication**: starts the wizard without a position. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector } = await params
  const about = { form: 'new-authentication', back: `/w/${workspace}/integrations/${connector}`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    const environment = fields.environment === 'sandbox' ? 'sandbox' : 'live'
    const session = await startLinkSession(actor, { connector, environment })
    return `/link/${session.id}/how`
  })
}
