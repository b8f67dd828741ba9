import { nextAuthAnswer } from '#lib/auth.ts'
import { notFound } from '#lib/errors.ts'
import { fieldsOf } from '../../../web/answer-form.ts'
import { cookiesOf } from '../../../web/cookies.ts'
import { sayOfRequest } from '../../../web/here.ts'
import { refusalPage } from '../../../web/refusal-page.ts'

type Context = { params: Promise<{ nextauth: string[] }> }

/** next-auth's own addresses: its CSRF token, its session, its sign-out. Nobody signs in here. */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { nextauth } = await params
  const { method } = request
  const fields = method === 'POST' ? await fieldsOf(request).catch(() => ({})) : {}
  const [action = ''] = nextauth
  const asked = { method, cookies: cookiesOf(request), fields }
  const given = nextauth.length === 1 ? await nextAuthAnswer(action, asked) : undefined
  return given ?? refusalPage(sayOfRequest(request), notFound('auth route'))
}

export { answer as GET, answer as POST }
