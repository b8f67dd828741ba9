import { mailFile } from '#lib/mail/read.ts'
import { answerPartnerDownload } from '../../../../web/answer-download.ts'

type Context = { params: Promise<{ mail: string }> }

/** How a mail looks, as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { mail } = await params
  return answerPartnerDownload(request, ({ actor }) => mailFile(actor, mail))
}
