import { setUp } from '#lib/members/set-up.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { beginSession, fromOf, zoneOf } from '../../../../web/begin-session.ts'
import { sayOfRequest } from '../../../../web/here.ts'

type Context = { params: Promise<{ secret: string }> }

const shown = ['partner', 'workspace', 'name', 'email', 'samples']

/** Makes partner, workspace and owner, once, and signs her in. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const about = { form: 'set-up', back: `/set-up/${encodeURIComponent(secret)}`, shown }
  return answerForm(request, about, async fields => {
    const reads = {
      locale: sayOfRequest(request).locale,
      timeZone: zoneOf(fields.zone),
      from: fromOf(request),
    }
    const { userId, slug } = await setUp(secret, fields, reads)
    return beginSession(request, userId, fields.zone, `/w/${slug}/positions`)
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/set-up/${encodeURIComponent((await params).secret)}`)
}
