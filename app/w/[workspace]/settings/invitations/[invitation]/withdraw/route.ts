import { withdrawInvitation } from '#lib/members/open-invitation.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'
import { triedFrom } from '../../../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string; invitation: string }> }

/** Takes an invitation back. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, invitation } = await params
  const people = `/w/${workspace}/settings`
  const back = `${people}?ask=withdraw&invitation=${invitation}`
  const about = { form: 'invitation-withdraw', back, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await withdrawInvitation(actor, { invitationId: invitation, fields, from: await triedFrom(request) })
    return `${people}?saved=withdrawn`
  })
}
