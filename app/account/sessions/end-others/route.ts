import { endOtherSessions } from '#lib/members/sessions.ts'
import { answerPersonForm } from '../../../web/answer-form.ts'

const about = { form: 'sessions-end-others', back: '/account', shown: [] }

/** Signs out everywhere but in this browser. */
export const POST = (request: Request): Promise<Response> =>
  answerPersonForm(request, about, async ({ actor }) => {
    await endOtherSessions(actor)
    return '/account?done=others'
  })
