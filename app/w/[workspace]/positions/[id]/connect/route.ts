import { startLinkSession } from '#lib/link-sessions/start.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; id: string }> }

/** Starts the wizard for this position, or goes on with the walk that is open. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id } = await params
  const about = { form: 'position-connect', back: `/w/${workspace}/positions/${id}/settings`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }) => {
    const session = await startLinkSession(actor, { positionId: id })
    return `/link/${session.id}`
  })
}
