import { consentFile } from '#lib/connections/consent-file.ts'
import { readConsent } from '#lib/connections/read.ts'
import { answerDownload } from '../../../../../../../web/answer-download.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string; consent: string }> }

/** The record of a consent as a text file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { workspace, id, consent } = await params
  return answerDownload(request, workspace, async ({ actor }) =>
    consentFile(await readConsent(actor, { connectionId: id, consentId: consent })),
  )
}
