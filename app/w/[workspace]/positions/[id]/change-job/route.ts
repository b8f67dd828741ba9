import { startLinkSession } from '#lib/link-sessions/start.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; id: string }> }

/** **Change job**: the wizard for this position, started over at the job, with the connection that is there. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id } = await params
  const about = { form: 'position-change-job', back: `/w/${workspace}/positions/${id}/settings`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    const session = await startLinkSession(actor, {
      positionId: id,
      useConnectionId: fields.connection ?? '',
    })
    return `/link/${session.id}/job`
  })
}
