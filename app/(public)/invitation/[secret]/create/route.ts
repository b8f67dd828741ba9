import { acceptAsNew } from '#lib/members/accept-invitation.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { beginSession, fromOf, zoneOf } from '../../../../web/begin-session.ts'
import { sayOfRequest } from '../../../../web/here.ts'
import { afterJoining } from '../after-joining.ts'

type Context = { params: Promise<{ secret: string }> }

/** Makes the account of whoever was invited, joins, and signs in. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const about = { form: 'invitation', back: `/invitation/${encodeURIComponent(secret)}`, shown: ['name'] }
  return answerForm(request, about, async fields => {
    const reads = {
      locale: sayOfRequest(request).locale,
      timeZone: zoneOf(fields.zone),
      from: fromOf(request),
    }
    const joined = await acceptAsNew(secret, fields, reads)
    return beginSession(request, joined.userId, fields.zone, await afterJoining(joined))
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/invitation/${encodeURIComponent((await params).secret)}`)
}
