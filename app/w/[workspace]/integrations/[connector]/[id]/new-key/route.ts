import { startLinkSession } from '#lib/link-sessions/start.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** Opens the wizard for a new key of this connection: the same account takes it in place of the old one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const back = `/w/${workspace}/integrations/${connector}/${id}`
  return answerMemberForm(request, workspace, { form: 'new-key', back, shown: [] }, async ({ actor }) => {
    const session = await startLinkSession(actor, { mendConnectionId: id })
    // Where it begins: a sign-in is repeated, of a key the way is asked.
    return `/link/${session.id}`
  })
}
