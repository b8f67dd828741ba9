import { signOut } from '#lib/auth.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { cookiesOf } from '../../../../web/cookies.ts'

type Context = { params: Promise<{ secret: string }> }

/** Ends the session of somebody else than was invited, and goes back to the invitation. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const back = `/invitation/${encodeURIComponent(secret)}`
  return answerForm(request, { form: 'invitation', back, shown: [] }, async () => {
    const answer = await signOut(cookiesOf(request))
    return seeOther(back, ...(answer?.headers.getSetCookie() ?? []))
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/invitation/${encodeURIComponent((await params).secret)}`)
}
