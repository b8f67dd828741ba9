import { sendInvitationAgain } from '#lib/members/open-invitation.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'
import { triedFrom } from '../../../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string; invitation: string }> }

/** Sends an invitation once more. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, invitation } = await params
  const people = `/w/${workspace}/settings`
  const back = `${people}?ask=again&invitation=${invitation}`
  const about = { form: 'invitation-again', back, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor, reads }, fields) => {
    const { locale, timeZone } = reads
    const from = await triedFrom(request)
    await sendInvitationAgain(actor, {
      invitationId: invitation,
      fields,
      from,
      reads: { locale, timeZone },
    })
    return `${people}?saved=again`
  })
}
