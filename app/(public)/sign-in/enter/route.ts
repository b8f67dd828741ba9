import { checkPassword } from '#lib/members/sign-in.ts'
import { answerForm, seeOther } from '../../../web/answer-form.ts'
import { beginSession, triedFrom } from '../../../web/begin-session.ts'
import { ownPath, signInAgainPath } from '../../../web/own-path.ts'

/** Checks e-mail address and password, and starts a session. Over the limits: 429 with the seconds to wait. */
export function POST(request: Request): Promise<Response> {
  const next = { path: '/', again: false }
  const about = {
    form: 'sign-in',
    shown: ['email'],
    get back() {
      return next.again ? signInAgainPath(next.path) : backTo(next.path)
    },
  }
  return answerForm(request, about, async fields => {
    next.path = ownPath(fields.next)
    next.again = fields.again === 'yes'
    const userId = await checkPassword(fields, await triedFrom(request))
    return beginSession(request, userId, fields.zone, next.path)
  })
}

/** Somebody reloads a refusal, or comes back to it: the form. */
export const GET = (): Response => seeOther('/sign-in')

const backTo = (next: string) => (next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
