import { endOwnSession } from '#lib/members/sessions.ts'
import { answerPersonForm } from '../../../web/answer-form.ts'

const about = { form: 'session-end', back: '/account', shown: [] }

/** Signs out one other browser of hers. */
export const POST = (request: Request): Promise<Response> =>
  answerPersonForm(request, about, async ({ actor }, fields) => {
    await endOwnSession(actor, fields.session ?? '')
    return '/account?done=session'
  })
