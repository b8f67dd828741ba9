import { testOAuthApp } from '#lib/partners/test-oauth-app.ts'
import { answerPartnerForm } from '../../../../web/answer-form.ts'

type Context = { params: Promise<{ app: string }> }

/** **Test**: asks the ATS whether it knows the app, and leads back to what it said. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const appId = (await params).app
  const back = `/partner/oauth-apps/${appId}`
  return answerPartnerForm(request, { form: 'oauth-app-test', back, shown: [] }, async ({ actor }) => {
    await testOAuthApp(actor, { appId })
    return back
  })
}
