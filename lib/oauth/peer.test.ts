import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { accessForConnection } from '#lib/connections/access.ts'
import { readTokens } from '#lib/connections/credentials.ts'
import { deleteConnection } from '#lib/connections/delete.ts'
import { refreshConnection } from '#lib/connections/refresh-due.ts'
import { rowOf } from '#lib/connections/testing.ts'
import { comesDue, failureOf, generations, tried, use } from '#lib/connections/testing-tokens.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { newSecret } from '#lib/crypto/tokens.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connections, rateLimits, revocations, sessions } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { agreePermissions } from '#lib/link-sessions/agree-permissions.ts'
import { chooseWay, sayAdmin } from '#lib/link-sessions/choose.ts'
import { listAccounts } from '#lib/link-sessions/list-accounts.ts'
import { pickAts } from '#lib/link-sessions/pick-ats.ts'
import { readWalk } from '#lib/link-sessions/read.ts'
import { sessionRow, startedWalk } from '#lib/link-sessions/testing.ts'
import { useListedAccount as connect } from '#lib/link-sessions/use-listed-account.ts'
import { insertOAuthApp } from '#lib/partners/oauth-apps.ts'
import { redirectUriOf } from './app.ts'
import { readCallback } from './callback.ts'
import { finishSignIn } from './finish.ts'
import { consentAtPeer, lifeSeconds, openPeer } from './peer-testing.ts'
import { revokeGrant } from './revoke.ts'
import { startSignIn } from './start.ts'

const peer = await openPeer()
afterAll(() => peer.stop())
// It warns that its pages are for development, and its memory for tests.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
})

/** Connects Fairwater Foods for a new workspace, whose partner has the peer's only client. */
async function connected() {
  const walk = await startedWalk()
  const { user, partnerId, id: sessionId } = walk
  const app = { id: newId(), secret: newSecret() }
  const clientId = `gangway-${app.id}`
  await transaction(tx =>
    insertOAuthApp(tx, {
      ...{ id: app.id, partnerId, connector: 'workable', environment: 'sandbox', source: 'console' },
      ...{ clientId, secret: new Secret(app.secret), lastFour: app.secret.slice(-4) },
    }),
  )
  const provider = peer.register({ id: clientId, secret: app.secret, redirectUri: redirectUriOf(app.id) })
  await pickAts(user, { sessionId, ats: 'workable/sandbox' })
  await chooseWay(user, { sessionId, way: 'oauth' })
  await sayAdmin(user, { sessionId, admin: 'me' })
  await agreePermissions(user, { sessionId, permissions: 'read_write', locale: 'en' })
  const binding = newSecret()
  const address = await startSignIn(user, { sessionId, binding })
  const query = readCallback(await consentAtPeer(peer.port, address))
  if (!query) throw new Error('no callback')
  expect(query.parameters.get('iss')).toBe(`http://www.workable.localhost:${peer.port}`)
  expect(await finishSignIn(user, { appId: app.id, query, binding })).toMatchObject({ kind: 'granted' })
  const listed = await listAccounts(await readWalk(user, sessionId))
  expect(listed).toMatchObject({ accounts: [{ subdomain: 'fairwater', name: 'Fairwater Foods' }] })
  const account = 'accounts' in listed ? (listed.accounts[0]?.remoteId ?? '') : ''
  expect(await connect(user, { sessionId, account, locale: 'en' })).toBe('job')
  const { connectionId } = await sessionRow(sessionId)
  const id = connectionId ?? ''
  const tokens = async () => {
    const [newest] = await readTokens(db(), { workspaceId: walk.workspaceId, connectionId: id })
    if (!newest) throw new Error('no tokens')
    return { access: newest.access.reveal(), refresh: newest.refresh?.reveal() ?? '' }
  }
  return { owner: walk.owner, provider, id, clientId, secret: app.secret, tokens }
}

/** As if the life of its access token were over. */
async function expire(id: string): Promise<void> {
  const past = sql`now() - interval '1 minute'`
  await db()
    .update(connections)
    .set({ accessExpiresAt: past, refreshDueAt: past, refreshedAt: null })
    .where(eq(connections.id, id))
}

test('an OAuth server that nobody here wrote: from the click to the refresh and the proven revocation', async () => {
  const { owner, provider, id, tokens } = await connected()
  const row = await rowOf(id)
  expect(row).toMatchObject({ way: 'oauth', subdomain: 'fairwater', status: 'active' })
  const life = (row.accessExpiresAt?.getTime() ?? 0) - row.createdAt.getTime()
  expect(life).toBeLessThanOrEqual(lifeSeconds * 1000)
  expect(life).toBeGreaterThan((lifeSeconds - 60) * 1000)

  const first = await tokens()
  await expire(id)
  await use(id)
  const second = await tokens()
  expect(second.access).not.toBe(first.access)
  expect(second.refresh).not.toBe(first.refresh)
  expect((await provider.RefreshToken.find(first.refresh, { ignoreExpiration: true }))?.consumed).toBeTruthy()
  expect([await tried(id), await generations(id)]).toEqual([['refreshed'], 1])

  // Ended over there before its time: one refresh, and the request goes through.
  await (await provider.AccessToken.find(second.access))?.destroy()
  await db().delete(rateLimits) // as if ten seconds had passed
  await use(id)
  const third = await tokens()
  expect(third.access).not.toBe(second.access)
  expect((await rowOf(id)).status).toBe('active')

  const session = newId()
  const times = { provenAt: sql`now()`, expiresAt: sql`now() + interval '1 day'` }
  await db()
    .insert(sessions)
    .values({ id: session, userId: owner.userId, secretHash: session, ...times })
  const from = { address: '10.0.0.1', userAgent: '' }
  const actor = { ...owner, sessionId: session }
  await deleteConnection(actor, { connectionId: id, fields: { word: 'DELETE' }, from })
  await expect(accessForConnection(row)).rejects.toMatchObject({ code: 'not_found' })
  expect(await provider.AccessToken.find(third.access)).toBeDefined()
  const waiting = () => db().select().from(revocations).where(eq(revocations.connectionId, id))
  await revokeGrant((await waiting())[0]?.id ?? '')
  expect(await waiting()).toMatchObject([{ state: 'proven', accessToken: null, refreshToken: null }])
  expect(await provider.AccessToken.find(third.access)).toBeUndefined()
  expect(await provider.RefreshToken.find(third.refresh)).toBeUndefined()
})

test('whoever copied a refresh token and uses it ends the grant there, and the connection says so', async () => {
  const { id, provider, clientId, secret, tokens } = await connected()
  const { refresh } = await tokens()
  await expire(id)
  await use(id)
  const replayed = await fetch(`http://127.0.0.1:${peer.port}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: secret,
      refresh_token: refresh,
    }),
  })
  expect([replayed.status, await replayed.json()]).toMatchObject([400, { error: 'invalid_grant' }])
  expect(await provider.AccessToken.find((await tokens()).access)).toBeUndefined()
  await db().delete(rateLimits)
  expect(await failureOf(id)).toBe('ats_unavailable')
  await comesDue(id)
  await refreshConnection(id)
  expect((await rowOf(id)).status).toBe('needs_reauth')
  expect(await tried(id)).toEqual(['refreshed', 'grant_refused', 'grant_refused'])
})
