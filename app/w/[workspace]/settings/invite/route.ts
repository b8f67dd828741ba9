import { inviteMember } from '#lib/members/invite.ts'
import { answerMemberForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string }> }

/** Invites somebody by address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const people = `/w/${workspace}/settings`
  const about = { form: 'people-invite', back: `${people}?ask=invite`, shown: ['email', 'role'] }
  return answerMemberForm(request, workspace, about, async ({ actor, reads }, fields) => {
    const { locale, timeZone } = reads
    const from = await triedFrom(request)
    await inviteMember(actor, { fields, from, reads: { locale, timeZone } })
    return `${people}?saved=invited`
  })
}
