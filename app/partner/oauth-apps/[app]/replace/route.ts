import type { Fields } from '#lib/forms/parse.ts'
import { mayShowId } from '#lib/partners/client-fields.ts'
import { replaceOAuthSecret } from '#lib/partners/replace-oauth-secret.ts'
import { testAfterChange } from '#lib/partners/test-oauth-app.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ app: string }> }

const shown = (fields: Fields) => (mayShowId(fields) ? ['client_id'] : [])

/** **Replace the secret**, and tests the new one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const appId = (await params).app
  const page = `/partner/oauth-apps/${appId}`
  const about = { form: 'oauth-app-replace', back: `${page}?ask=replace`, shown }
  return answerPartnerForm(request, about, async ({ actor }, fields) => {
    await replaceOAuthSecret(actor, { appId, fields, from: await triedFrom(request) })
    await testAfterChange(actor, appId)
    return page
  })
}
