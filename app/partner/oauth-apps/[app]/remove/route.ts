import { removeOAuthApp } from '#lib/partners/remove-oauth-app.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'
import { triedFrom } from '../../../../web/begin-session.ts'

type Context = { params: Promise<{ app: string }> }

/** **Remove the app**: nobody signs in with it any more. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const appId = (await params).app
  const back = `/partner/oauth-apps/${appId}?ask=remove`
  return answerPartnerForm(request, { form: 'oauth-app-remove', back, shown: [] }, async (at, fields) => {
    await removeOAuthApp(at.actor, { appId, fields, from: await triedFrom(request) })
    return '/partner/oauth-apps'
  })
}
