import { receiptFile } from '#lib/connections/receipt-file.ts'
import { readReceipt } from '#lib/connections/receipts.ts'
import { answerDownload } from '../../../../../../web/answer-download.ts'

type Context = { params: Promise<{ workspace: string; receipt: string }> }

/** A receipt of deletion as a text file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { workspace, receipt } = await params
  return answerDownload(request, workspace, async ({ actor, workspace: { name }, reads }) =>
    receiptFile(await readReceipt(actor, receipt), { workspace: name, locale: reads.locale }),
  )
}
