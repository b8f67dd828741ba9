import { changeRole } from '#lib/members/change-role.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'
import { triedFrom } from '../../../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string; member: string }> }

/** Gives a person another role. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, member } = await params
  const people = `/w/${workspace}/settings`
  const about = { form: 'people-role', back: `${people}?ask=role&member=${member}`, shown: ['role'] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await changeRole(actor, { memberId: member, fields, from: await triedFrom(request) })
    return `${people}?saved=role`
  })
}
