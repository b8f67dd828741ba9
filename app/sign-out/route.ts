import { signOut } from '#lib/auth.ts'
import { answerForm, seeOther } from '../web/answer-form.ts'
import { cookiesOf } from '../web/cookies.ts'

/** Ends the session, for every process at once, and clears the browser's cookie. */
export const POST = (request: Request): Promise<Response> =>
  answerForm(request, { form: 'sign-out', back: '/', shown: [] }, async () => {
    const answer = await signOut(cookiesOf(request))
    return seeOther('/sign-in', ...(answer?.headers.getSetCookie() ?? []))
  })

export const GET = (): Response => seeOther('/')
