import { removeMember } from '#lib/members/end-membership.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'
import { triedFrom } from '../../../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string; member: string }> }

/** Removes a person from the workspace. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, member } = await params
  const people = `/w/${workspace}/settings`
  const about = { form: 'people-remove', back: `${people}?ask=remove&member=${member}`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await removeMember(actor, { memberId: member, fields, from: await triedFrom(request) })
    return `${people}?saved=removed`
  })
}
