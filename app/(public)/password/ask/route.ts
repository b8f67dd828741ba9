import { askReset } from '#lib/members/ask-reset.ts'
import { answerForm, seeOther } from '../../../web/answer-form.ts'
import { fromOf } from '../../../web/begin-session.ts'

const about = { form: 'password-ask', back: '/password', shown: ['email'] }

/** One and the same answer, whoever the address belongs to. Over the limits: 429 with the seconds to wait. */
export const POST = (request: Request): Promise<Response> =>
  answerForm(request, about, async fields => {
    await askReset(fields, fromOf(request))
    return '/password/sent'
  })

/** Somebody reloads a refusal, or comes back to it: the form. */
export const GET = (): Response => seeOther('/password')
