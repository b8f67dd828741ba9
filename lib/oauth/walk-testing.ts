import type { UserActor } from '#lib/actors.ts'
import type { TestSandbox } from '#lib/connectors/workable/testing.ts'
import { newSecret } from '#lib/crypto/tokens.ts'
import { agreePermissions } from '#lib/link-sessions/agree-permissions.ts'
import { chooseWay, sayAdmin } from '#lib/link-sessions/choose.ts'
import { pickAts } from '#lib/link-sessions/pick-ats.ts'
import { startedWalk } from '#lib/link-sessions/testing.ts'
import { visit } from '#lib/sandbox/test/browse.ts'
import { redirectUriOf } from './app.ts'
import { readCallback } from './callback.ts'
import { finishSignIn } from './finish.ts'
import { startSignIn } from './start.ts'
import { newOAuthApp } from './testing.ts'

type Sandbox = Pick<TestSandbox, 'control' | 'origin'>

/** A walk of an owner whose partner has an app, with the permissions settled. For tests. */
export async function walkAtSignIn(sandbox: Sandbox) {
  const walk = await startedWalk()
  const app = await newOAuthApp(sandbox, walk.partnerId)
  const redirect_uri = redirectUriOf(app.row.id)
  await sandbox.control(`/oauth/clients/${app.clientId}/redirect_uris`, 'POST', { redirect_uri })
  const { user, id: sessionId } = walk
  await leadToSignIn(user, sessionId)
  const binding = newSecret()
  const start = () => startSignIn(user, { sessionId, binding })
  const finish = (query: string, wish: { binding?: string; appId?: string; as?: typeof user } = {}) => {
    const callback = readCallback(query)
    if (!callback) throw new Error('no callback')
    const given = { appId: app.row.id, binding, ...wish }
    return finishSignIn(wish.as ?? user, { ...given, query: callback })
  }
  return { ...walk, app, sessionId, binding, start, finish }
}

/** Answers everything before the screen of the sign-in. For tests. */
export async function leadToSignIn(
  user: UserActor,
  sessionId: string,
  ats = 'workable/sandbox',
): Promise<void> {
  await pickAts(user, { sessionId, ats })
  await chooseWay(user, { sessionId, way: 'oauth' })
  await sayAdmin(user, { sessionId, admin: 'me' })
  await agreePermissions(user, { sessionId, permissions: 'read_write', locale: 'en' })
}

/** Signs in over there and allows, or not. Gives the query that comes back. For tests. */
export async function consent(
  sandbox: Sandbox,
  address: string,
  { email = 'mariana@larkfield.example', decision = 'allow' }: { email?: string; decision?: string } = {},
): Promise<string> {
  const person = visit(Number(new URL(sandbox.origin).port), 'www')
  await person.post('/oauth/sign-in', { email })
  const { pathname, search } = new URL(address)
  const page = await person.get(pathname + search)
  const back = (answer: typeof page) => new URL(answer.headers.location ?? 'http://nowhere').search.slice(1)
  // Somebody who has allowed it before is not asked again.
  if (page.status !== 200) return back(page)
  const ticket = /name="ticket" value="([\w-]{43})"/.exec(page.text)?.[1] ?? ''
  return back(await person.post('/oauth/authorize', { ticket, decision }))
}
