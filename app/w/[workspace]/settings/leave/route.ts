import { leaveWorkspace } from '#lib/members/end-membership.ts'
import { answerMemberForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string }> }

/** **Leave this workspace**: to another one of hers, or to the sign-in. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const about = { form: 'people-leave', back: `/w/${workspace}/settings?ask=leave`, shown: [] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await leaveWorkspace(actor, { fields, from: await triedFrom(request) })
    return '/'
  })
}
