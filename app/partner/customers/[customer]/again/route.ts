import { inviteCustomerAgain } from '#lib/customers/open-invitation.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ customer: string }> }

const base = '/partner/customers'

/** Sends a customer's invitation once more. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { customer: workspaceId } = await params
  const back = `${base}?${new URLSearchParams({ ask: 'again', customer: workspaceId })}`
  const about = { form: 'customer-again', back, shown: [] }
  return answerPartnerForm(request, about, async ({ actor, reads }, fields) => {
    const from = await triedFrom(request)
    await inviteCustomerAgain(actor, { workspaceId, fields, from, reads })
    return `${base}?saved=again`
  })
}
