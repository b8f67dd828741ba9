import type { Fields } from '#lib/forms/parse.ts'
import { mayShowId } from '#lib/partners/client-fields.ts'
import { saveOAuthApp } from '#lib/partners/save-oauth-app.ts'
import { testAfterChange } from '#lib/partners/test-oauth-app.ts'
import { answerPartnerForm } from '../../../web/answer-form.ts'
import { triedFrom } from '../../../web/begin-session.ts'

const base = '/partner/oauth-apps'
const shown = (fields: Fields) => (mayShowId(fields) ? ['client_id'] : [])

/** Keeps an OAuth app and tests it. */
export async function POST(request: Request): Promise<Response> {
  const place = new URL(request.url).searchParams.get('for') ?? ''
  const back = `${base}/new?${new URLSearchParams({ for: place })}`
  return answerPartnerForm(request, { form: 'oauth-app', back, shown }, async ({ actor }, fields) => {
    const id = await saveOAuthApp(actor, { ...fields, place }, await triedFrom(request))
    await testAfterChange(actor, id)
    return `${base}/${id}`
  })
}
