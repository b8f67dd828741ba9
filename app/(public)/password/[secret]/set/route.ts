import { resetPassword } from '#lib/members/reset-password.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { fromOf } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ secret: string }> }

/** Sets the new password, once, and leads to the sign-in: whoever has the link has not signed in by it. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const about = { form: 'password-set', back: `/password/${encodeURIComponent(secret)}`, shown: [] }
  return answerForm(request, about, async fields => {
    await resetPassword(secret, fields, fromOf(request))
    return '/sign-in?reset=done'
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/password/${encodeURIComponent((await params).secret)}`)
}
