import { inviteCustomer } from '#lib/customers/invite.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

const about = {
  form: 'customer-invite',
  back: '/partner/customers/invite',
  shown: ['company', 'email'],
}

/** Invites a customer. */
export const POST = (request: Request): Promise<Response> =>
  answerPartnerForm(request, about, async ({ actor, reads }, fields) => {
    await inviteCustomer(actor, { fields, from: await triedFrom(request), reads })
    return '/partner/customers?saved=invited'
  })
