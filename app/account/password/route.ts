import { sessionCookie } from '#lib/auth.ts'
import { changePassword } from '#lib/members/change-password.ts'
import { answerPersonForm, seeOther } from '../../web/answer-form.ts'
import { triedFrom } from '../../web/begin-session.ts'

const about = { form: 'account-password', back: '/account', shown: [] }

/** Changes her password. Her other sessions end; this browser's gets a new secret. */
export const POST = (request: Request): Promise<Response> =>
  answerPersonForm(request, about, async ({ actor }, fields) => {
    const token = await changePassword(actor, fields, await triedFrom(request))
    return seeOther('/account?done=password', await sessionCookie(token))
  })
