import { withdrawCustomer } from '#lib/customers/open-invitation.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ customer: string }> }

const base = '/partner/customers'

/** Takes a customer's invitation back, and the workspace that nobody joined. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { customer: workspaceId } = await params
  const back = `${base}?${new URLSearchParams({ ask: 'withdraw', customer: workspaceId })}`
  const about = { form: 'customer-withdraw', back, shown: [] }
  return answerPartnerForm(request, about, async ({ actor }, fields) => {
    await withdrawCustomer(actor, { workspaceId, fields, from: await triedFrom(request) })
    return `${base}?saved=withdrawn`
  })
}
