import { editAccount } from '#lib/members/edit-account.ts'
import { answerPersonForm } from '../../web/answer-form.ts'

const about = { form: 'account', back: '/account', shown: ['name', 'language', 'zone'] }

/** Changes her name, language and time zone. */
export const POST = (request: Request): Promise<Response> =>
  answerPersonForm(request, about, async ({ actor }, fields) => {
    await editAccount(actor, fields)
    return '/account?done=saved'
  })
