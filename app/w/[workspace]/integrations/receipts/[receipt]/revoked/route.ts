import { sayRevoked } from '#lib/connections/receipts.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; receipt: string }> }

/** **I have revoked it**: kept on the receipt, with who said so. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, receipt } = await params
  const back = `/w/${workspace}/integrations/receipts/${receipt}`
  return answerMemberForm(request, workspace, { form: 'key-revoked', back, shown: [] }, async ({ actor }) => {
    await sayRevoked(actor, { receiptId: receipt })
    return back
  })
}
