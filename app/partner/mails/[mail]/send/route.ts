import { sendAgain } from '#lib/mail/send-again.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'

type Context = { params: Promise<{ mail: string }> }

/** **Send again**. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { mail } = await params
  const back = `/partner/mails/${mail}`
  return answerPartnerForm(request, { form: 'mail-send', back, shown: [] }, async ({ actor }) => {
    await sendAgain(actor, mail)
    return back
  })
}
