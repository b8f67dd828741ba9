import { proveInvited } from '#lib/members/accept-invitation.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { beginSession, triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ secret: string }> }

/** Signs in whoever was invited, by the password of her account, and goes back to the invitation. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const back = `/invitation/${encodeURIComponent(secret)}`
  return answerForm(request, { form: 'invitation', back, shown: ['name'] }, async fields => {
    const userId = await proveInvited(secret, fields, await triedFrom(request))
    return beginSession(request, userId, fields.zone, back)
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/invitation/${encodeURIComponent((await params).secret)}`)
}
