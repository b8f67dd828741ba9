import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { newSecret } from '#lib/crypto/tokens.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import {
  candidateCredentials,
  events,
  linkSessions,
  members,
  oauthApps,
  oauthFlows,
  revocations,
} from '#lib/db/schema/index.ts'
import { makeMember } from '#lib/db/testing.ts'
import { agreePermissions } from '#lib/link-sessions/agree-permissions.ts'
import {
  keepAccounts,
  openCandidate,
  shredCandidate,
  shredExpiredCandidates,
} from '#lib/link-sessions/candidate-credential.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { makePosition, userOf } from '#lib/link-sessions/testing.ts'
import { insertOAuthApp } from '#lib/partners/oauth-apps.ts'
import { redirectUriOf } from './app.ts'
import { authorizationErrors, readCallback } from './callback.ts'
import { finishSignIn } from './finish.ts'
import { forgetOldFlows } from './flows.ts'
import { startSignIn } from './start.ts'
import { consent as consentAt, leadToSignIn, walkAtSignIn as walkAt } from './walk-testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.control('/faults', 'DELETE')
  await sandbox.control('/switches', 'DELETE')
})

const walkAtSignIn = () => walkAt(sandbox)
const consent = (address: string, decision: 'allow' | 'deny' = 'allow') =>
  consentAt(sandbox, address, { decision })

const requests = async () => (await sandbox.ledger()).filter(({ path }) => path === '/oauth/token').length
const candidates = (sessionId: string) =>
  db().$count(candidateCredentials, eq(candidateCredentials.linkSessionId, sessionId))

/** What the workspace's log says of sign-ins that brought nothing: by whom, and a code. */
const toldOf = async ({ workspaceId }: { workspaceId: string }) => {
  const failed = and(eq(events.workspaceId, workspaceId), eq(events.name, 'link_session.sign_in_failed'))
  const rows = await db().select().from(events).where(failed)
  return rows.map(({ actorKind, actorId, data }) => `${actorKind} ${actorId}: ${data.error}`)
}

test('A-033 whoever signs in and allows has a grant, sealed with her walk and with nothing else; one redirect URI is named all the way', async () => {
  const walk = await walkAtSignIn()
  expect(await walk.finish(await consent(await walk.start()))).toEqual({
    kind: 'granted',
    linkSessionId: walk.sessionId,
  })
  const kept = await openCandidate(db(), { id: walk.sessionId, workspaceId: walk.workspaceId })
  expect(kept?.grant).toMatchObject({ appId: walk.app.row.id, accounts: null })
  expect(kept?.grant?.refresh).toBeDefined()
  const accounts = [{ remoteId: '1', name: 'Acme', subdomain: 'acme' }]
  const of = { id: walk.sessionId, workspaceId: walk.workspaceId }
  await keepAccounts(db(), { ...of, generation: 1 }, accounts)
  // Listed for a grant that is not there any more.
  await keepAccounts(db(), { ...of, generation: 2 }, [])
  const [row] = await db()
    .select()
    .from(candidateCredentials)
    .where(eq(candidateCredentials.linkSessionId, walk.sessionId))
  expect(row).toMatchObject({ apiKey: null, accounts, accessToken: expect.stringMatching(/^cv1\./) })
  expect(await db().$count(oauthFlows, eq(oauthFlows.linkSessionId, walk.sessionId))).toBe(0)
  const told = (await sandbox.ledger()).flatMap(({ path, oauth }) => {
    const { clientId, redirectUri } = noted.parse(oauth ?? {})
    return clientId === walk.app.clientId && redirectUri ? [`${path.split('?')[0]} ${redirectUri}`] : []
  })
  const uri = redirectUriOf(walk.app.row.id)
  expect(new Set(told)).toEqual(new Set([`/oauth/authorize ${uri}`, `/oauth/token ${uri}`]))
})

const noted = z.object({ clientId: z.string().nullish(), redirectUri: z.string().nullish() })

describe('the address to sign in at', () => {
  test('A-002, A-021, A-033 has a state of 256 bits and an S256 challenge of its own; only hashes and seals are kept', async () => {
    const walk = await walkAtSignIn()
    const addresses = await Promise.all(Array.from({ length: 50 }, walk.start))
    const [first, ...others] = addresses.map(address => new URL(address).searchParams)
    expect(Object.fromEntries(first ?? [])).toMatchObject({
      response_type: 'code',
      resource: 'user',
      client_id: walk.app.clientId,
      redirect_uri: redirectUriOf(walk.app.row.id),
      scope: 'r_jobs r_candidates w_candidates',
      code_challenge_method: 'S256',
    })
    expect(addresses[0]).toContain('scope=r_jobs+r_candidates+w_candidates')
    for (const name of ['state', 'code_challenge']) {
      const values = [first, ...others].map(query => query?.get(name) ?? '')
      expect(new Set(values).size).toBe(50)
      for (const value of values) expect(value).toMatch(/^[\w-]{43}$/)
    }
    const kept = JSON.stringify(await db().select().from(oauthFlows))
    for (const query of [first, ...others]) expect(kept).not.toContain(query?.get('state'))
    expect(kept).not.toContain(walk.binding)
  })

  test('asks for nothing that was not agreed to', async () => {
    const walk = await walkAtSignIn()
    const { user, sessionId } = walk
    await agreePermissions(user, { sessionId, permissions: 'read', locale: 'en' })
    expect(new URL(await walk.start()).searchParams.get('scope')).toBe('r_jobs r_candidates')
  })

  // Taken out with: `mustBeAllowed` in `startSignIn`.
  test('is given to nobody whose role does not allow it any more', async () => {
    const walk = await walkAtSignIn()
    await db().update(members).set({ role: 'viewer' }).where(eq(members.userId, walk.user.userId))
    await expect(walk.start()).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is given to nobody else than the person whose walk it is', async () => {
    const walk = await walkAtSignIn()
    const colleague = userOf(await makeMember(walk, 'admin'))
    const start = startSignIn(colleague, { sessionId: walk.sessionId, binding: newSecret() })
    await expect(start).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a callback that is not its own is turned away, and no token is asked for', () => {
  // Taken out with: the first four lines of `finishSignIn`.
  test('A-001, A-004 with a state that nobody waits for, or an altered one', async () => {
    const walk = await walkAtSignIn()
    const query = new URLSearchParams(await consent(await walk.start()))
    const state = query.get('state') ?? ''
    const altered = [
      `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`,
      state.toUpperCase(),
      `${state} `,
    ]
    const before = await requests()
    for (const each of [...altered, newSecret(), `${state}\0`]) {
      const tried = new URLSearchParams(query)
      tried.set('state', each)
      expect(await walk.finish(String(tried))).toEqual({ kind: 'rejected', why: 'state' })
    }
    expect(await requests()).toBe(before)
    expect(await walk.finish(String(query))).toMatchObject({ kind: 'granted' })
  })

  test('A-006 the same one fifty times at once: one token request, one grant', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    const before = await requests()
    const ended = await Promise.all(Array.from({ length: 50 }, () => walk.finish(query)))
    expect(ended.filter(({ kind }) => kind === 'granted')).toHaveLength(1)
    expect((await requests()) - before).toBe(1)
    expect(await candidates(walk.sessionId)).toBe(1)
  })

  // Taken out with: `isItsBrowser` in `finishSignIn`, where another flow's cookie stands for its own.
  test('A-009 with the cookie of another flow', async () => {
    const [walk, other] = [await walkAtSignIn(), await walkAtSignIn()]
    const query = await consent(await walk.start())
    await other.start()
    const before = await requests()
    expect(await walk.finish(query, { binding: other.binding })).toEqual({ kind: 'rejected', why: 'browser' })
    expect(await requests()).toBe(before)
  })

  test('A-007, A-009, A-013 from another browser, or of another flow; the workspace is told', async () => {
    for (const binding of [newSecret(), undefined]) {
      const walk = await walkAtSignIn()
      const query = await consent(await walk.start())
      const before = await requests()
      const wish = binding ? { binding } : {}
      const ended = binding
        ? await walk.finish(query, wish)
        : await finishSignIn(walk.user, {
            appId: walk.app.row.id,
            query: readCallback(query) ?? never(),
            binding: undefined,
          })
      expect(ended).toEqual({ kind: 'rejected', why: 'browser' })
      expect([await requests(), await candidates(walk.sessionId)]).toEqual([before, 0])
      const told = await db()
        .select({ name: events.name, data: events.data })
        .from(events)
        .where(eq(events.workspaceId, walk.workspaceId))
      expect(told).toContainEqual({ name: 'link_session.sign_in_rejected', data: { why: 'browser' } })
    }
  })

  // Taken out with: `appId` in `redirectUriOf`.
  test('A-010, A-026 at the redirect URI of another app', async () => {
    const [walk, other] = [await walkAtSignIn(), await walkAtSignIn()]
    const query = await consent(await walk.start())
    const before = await requests()
    const ended = await walk.finish(query, { appId: other.app.row.id })
    expect([ended, await requests()]).toEqual([{ kind: 'rejected', why: 'app' }, before])
    for (const { start, app } of [walk, other])
      expect(new URL(await start()).searchParams.get('redirect_uri')).toBe(
        `http://localhost:3000/api/oauth/${app.row.id}/callback`,
      )
  })

  // Taken out with: the person's line in `finishSignIn`.
  test('A-013 as somebody else, in the same browser', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    const as = userOf(await makeMember(walk, 'owner'))
    expect(await walk.finish(query, { as })).toEqual({ kind: 'rejected', why: 'person' })
  })

  test('A-008 after its ten minutes', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await db()
      .update(oauthFlows)
      .set({ expiresAt: sql`now()` })
      .where(eq(oauthFlows.linkSessionId, walk.sessionId))
    expect(await walk.finish(query)).toEqual({ kind: 'rejected', why: 'state' })
    await Promise.all([forgetOldFlows(), forgetOldFlows()])
    expect(await toldOf(walk)).toEqual(['system sweep: expired'])
  })

  test('A-023 with the name of another server, to the letter', async () => {
    for (const issuer of ['foreign', 'trailing_slash']) {
      await sandbox.set({ issuer })
      const walk = await walkAtSignIn()
      const query = await consent(await walk.start())
      const before = await requests()
      expect(await walk.finish(query)).toEqual({ kind: 'rejected', why: 'issuer' })
      expect(await requests()).toBe(before)
    }
    await sandbox.set({ issuer: 'right' })
    const walk = await walkAtSignIn()
    expect(await walk.finish(await consent(await walk.start()))).toMatchObject({ kind: 'granted' })
  })
})

describe('what goes wrong over there has a name of ours', () => {
  test('A-046 each error of RFC 6749, and any other', async () => {
    const walk = await walkAtSignIn()
    for (const error of [...authorizationErrors, 'odd']) {
      const state = new URL(await walk.start()).searchParams.get('state') ?? ''
      const query = String(
        new URLSearchParams({ state, error, error_description: '<script>alert(1)</script>' }),
      )
      expect(await walk.finish(query)).toEqual({
        kind: 'failed',
        linkSessionId: walk.sessionId,
        error: error === 'odd' ? 'unknown' : error,
      })
    }
  })

  // Taken out with: `eq(oauthFlows.stateHash` in `takeFlow`.
  test('A-045 an error with a state that nobody waits for closes nothing, and is nobody’s', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    const error = `error=access_denied&error_description=%3Cscript%3E&state=${newSecret()}`
    expect(await walk.finish(error)).toEqual({ kind: 'rejected', why: 'state' })
    expect(await toldOf(walk)).toEqual([])
    expect(await walk.finish(query)).toMatchObject({ kind: 'granted' })
  })

  test('a person who denies', async () => {
    const walk = await walkAtSignIn()
    const ended = await walk.finish(await consent(await walk.start(), 'deny'))
    expect(ended).toMatchObject({ kind: 'failed', error: 'access_denied' })
    expect(await toldOf(walk)).toEqual([`user ${walk.user.userId}: access_denied`])
  })

  test('A-047 a code that is over or used: one try, and nothing is kept', async () => {
    await sandbox.set({ codeSeconds: 1 })
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await new Promise(resolve => setTimeout(resolve, 1_100))
    const before = await requests()
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'code_refused' })
    expect([(await requests()) - before, await candidates(walk.sessionId)]).toEqual([1, 0])
    expect(await toldOf(walk)).toEqual([`user ${walk.user.userId}: code_refused`])
  })

  test('A-022 a code of another flow does not fit its verifier', async () => {
    const [walk, other] = [await walkAtSignIn(), await walkAtSignIn()]
    const [mine, theirs] = [await consent(await walk.start()), await consent(await other.start())]
    const mixed = new URLSearchParams(mine)
    mixed.set('code', new URLSearchParams(theirs).get('code') ?? '')
    expect(await walk.finish(String(mixed))).toMatchObject({ kind: 'failed', error: 'code_refused' })
  })

  // Taken out with: `linkSessionId: id` of `write` in `keep-granted.ts`, for her newest walk.
  test('A-022 where the server does not look at the verifier, what it grants is kept for the walk of the state alone', async () => {
    await sandbox.set({ pkceChecked: false })
    const walk = await walkAtSignIn()
    const { user, owner, sessionId, binding } = walk
    const { id: other } = await startLinkSession(owner, { positionId: await makePosition(owner) })
    await leadToSignIn(user, other)
    const theirs = new URLSearchParams(await consent(await startSignIn(user, { sessionId: other, binding })))
    const mixed = new URLSearchParams(await consent(await walk.start()))
    mixed.set('code', theirs.get('code') ?? '')
    expect(await walk.finish(String(mixed))).toEqual({ kind: 'granted', linkSessionId: sessionId })
    expect([await candidates(sessionId), await candidates(other)]).toEqual([1, 0])
  })

  // Taken out with: `removedAt` in `finishSignIn`.
  test('an app that was removed while she was away: no code is sent with it', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await db().update(oauthApps).set({ removedAt: sql`now()` }).where(eq(oauthApps.id, walk.app.row.id))
    const before = await requests()
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'app_refused' })
    expect(await requests()).toBe(before)
  })

  test('a secret that cannot be opened is the partner’s to mend, and nothing is sent', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    const elsewhere = { secretGeneration: sql`${oauthApps.secretGeneration} + 1` }
    await db().update(oauthApps).set(elsewhere).where(eq(oauthApps.id, walk.app.row.id))
    const before = await requests()
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'app_refused' })
    expect(await requests()).toBe(before)
  })

  test('a wrong secret is the partner’s to mend, and an odd answer nobody’s', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await sandbox.control(`/oauth/clients/${walk.app.clientId}/secret`, 'POST', {})
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'app_refused' })
    const second = await walkAtSignIn()
    const address = await second.start()
    await sandbox.fault('/oauth/token', { kind: 'html' })
    expect(await second.finish(await consent(address))).toMatchObject({ kind: 'failed', error: 'unclear' })
  })
})

// Taken out with: the handing over of `shredCandidate` in `inPlaceOfTheOneBefore` of `keep-granted.ts`.
test('A-011 two tabs that come back in the other order are each handled by their own state; one grant is kept, the other revoked', async () => {
  const walk = await walkAtSignIn()
  const [first, second] = [await walk.start(), await walk.start()]
  const [late, early] = [await consent(first), await consent(second)]
  for (const query of [early, late]) expect(await walk.finish(query)).toMatchObject({ kind: 'granted' })
  expect(await candidates(walk.sessionId)).toBe(1)
  const rows = await db().select().from(revocations).where(eq(revocations.linkSessionId, walk.sessionId))
  expect(rows).toMatchObject([{ reason: 'unconfirmed', state: 'waiting' }])
  expect(await walk.finish(late)).toEqual({ kind: 'rejected', why: 'state' })
})

describe('what nobody confirms is revoked', () => {
  const waiting = (sessionId: string) =>
    db().select().from(revocations).where(eq(revocations.linkSessionId, sessionId))

  test('when its hour is over', async () => {
    const walk = await walkAtSignIn()
    await walk.finish(await consent(await walk.start()))
    await db()
      .update(candidateCredentials)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(candidateCredentials.linkSessionId, walk.sessionId))
    await shredExpiredCandidates()
    expect(await candidates(walk.sessionId)).toBe(0)
    expect(await waiting(walk.sessionId)).toMatchObject([{ reason: 'unconfirmed', state: 'waiting' }])
  })

  // Taken out with: the app's own ATS in `handOver` of `candidate-credential.ts`.
  test('also when the walk has been led to another ATS, or to none', async () => {
    const walk = await walkAtSignIn()
    await walk.finish(await consent(await walk.start()))
    await db()
      .update(linkSessions)
      .set({ connector: null, environment: null })
      .where(eq(linkSessions.id, walk.sessionId))
    await transaction(tx => shredCandidate(tx, walk.sessionId))
    expect(await waiting(walk.sessionId)).toMatchObject([{ connector: 'workable', environment: 'sandbox' }])
  })

  test('when she signs in once more', async () => {
    const walk = await walkAtSignIn()
    await walk.finish(await consent(await walk.start()))
    expect(await walk.finish(await consent(await walk.start()))).toMatchObject({ kind: 'granted' })
    expect(await candidates(walk.sessionId)).toBe(1)
    expect(await waiting(walk.sessionId)).toHaveLength(1)
    await walk.start()
    await db().update(oauthFlows).set({ expiresAt: sql`now()` })
    await forgetOldFlows()
    expect(await toldOf(walk)).toEqual([])
  })

  // Taken out with: `isConflict` in `keep-granted.ts`.
  test('when she signs in twice at the same moment, but one', async () => {
    const walk = await walkAtSignIn()
    const queries = [await consent(await walk.start()), await consent(await walk.start())]
    const ends = await Promise.all(queries.map(query => walk.finish(query)))
    expect(ends).toMatchObject([{ kind: 'granted' }, { kind: 'granted' }])
    expect(await candidates(walk.sessionId)).toBe(1)
    expect(await waiting(walk.sessionId)).toHaveLength(1)
  })

  // Taken out with: `members.removedAt` in `walkGoesOn`.
  test('when she was removed from the workspace while she was away', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await db().update(members).set({ removedAt: sql`now()` }).where(eq(members.userId, walk.user.userId))
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'walk_ended' })
    expect(await waiting(walk.sessionId)).toHaveLength(1)
  })

  // Taken out with: `signIn.environment`, `choicesFor` in `walkGoesOn`.
  test.each([
    ['another ATS, or its sandbox', turnToLive],
    ['other permissions', turnToReading],
  ])(
    'when she has turned to %s while the window was open: no token goes to another host',
    async (_, turn) => {
      const walk = await walkAtSignIn()
      const query = await consent(await walk.start())
      await turn(walk)
      expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'walk_ended' })
      expect(await candidates(walk.sessionId)).toBe(0)
      expect(await waiting(walk.sessionId)).toMatchObject([{ environment: 'sandbox' }])
    },
  )

  test('when the walk has ended while she was away', async () => {
    const walk = await walkAtSignIn()
    const query = await consent(await walk.start())
    await transaction(tx =>
      tx.update(linkSessions).set({ state: 'abandoned' }).where(eq(linkSessions.id, walk.sessionId)),
    )
    expect(await walk.finish(query)).toMatchObject({ kind: 'failed', error: 'walk_ended' })
    expect(await candidates(walk.sessionId)).toBe(0)
    expect(await waiting(walk.sessionId)).toHaveLength(1)
    expect(await toldOf(walk)).toEqual([`user ${walk.user.userId}: walk_ended`])
  })
})

type AtSignIn = Awaited<ReturnType<typeof walkAtSignIn>>

/** The partner has an app at the ATS itself too, and she takes that one in another tab. */
async function turnToLive({ partnerId, user, sessionId }: AtSignIn): Promise<void> {
  const place = { connector: 'workable', environment: 'live', source: 'console' } as const
  const client = { clientId: 'a-client', secret: new Secret('a-secret-of-this-test'), lastFour: 'test' }
  await transaction(tx => insertOAuthApp(tx, { partnerId, ...place, ...client }))
  await leadToSignIn(user, sessionId, 'workable')
}

const turnToReading = async ({ user, sessionId }: AtSignIn) =>
  void (await agreePermissions(user, { sessionId, permissions: 'read', locale: 'en' }))

function never(): never {
  throw new Error('no callback')
}

// Taken out with: `retired` in `walkGoesOn`, `revokeToken` in `finish.ts`.
test('what cannot be sealed, for the keyring’s key was retired while she was away, is kept nowhere and revoked', async () => {
  const walk = await walkAtSignIn()
  const query = await consent(await walk.start())
  await sqlClient()`insert into keys.kek_registry (kek_id, key_check_value, retired_at)
    select kek_id, '', now() from keys.data_keys limit 1
    on conflict (kek_id) do update set retired_at = now()`
  try {
    await expect(walk.finish(query)).rejects.toMatchObject({ name: 'KeyringError' })
  } finally {
    await sqlClient()`update keys.kek_registry set retired_at = null`
  }
  const [row] = await db().select().from(linkSessions).where(eq(linkSessions.id, walk.sessionId))
  expect([row?.step, await candidates(walk.sessionId)]).toEqual(['sign-in', 0])
  const alive = await sandbox.control(`/oauth/grants?client_id=${walk.app.clientId}&alive=true`)
  expect(alive).toMatchObject({ grants: [] })
})
