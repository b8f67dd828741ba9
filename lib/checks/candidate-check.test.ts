import { eq, sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { candidateCredentials, checks, dataKeys, rateLimits } from '#lib/db/schema/index.ts'
import { shredExpiredCandidates } from '#lib/link-sessions/candidate-credential.ts'
import { confirm } from '#lib/link-sessions/confirm.ts'
import { checkAgain, enterField } from '#lib/link-sessions/enter.ts'
import { examined, keptIn, sessionRow, walkAtTheKey } from '#lib/link-sessions/testing.ts'
import { runCheck } from './run.ts'
import { verdictOf } from './verdict.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const all = ['r_jobs', 'r_candidates', 'w_candidates']

/** Enters a key and has it checked. Gives how it ended and what is kept by then. */
async function tried(key: string, subdomain = 'acme', permissions: 'read' | 'read_write' = 'read_write') {
  const walk = await walkAtTheKey(subdomain, permissions)
  await walk.enter(key)
  const check = await examined(walk.id)
  const verdict = check.state === 'finished' ? verdictOf(check.findings, permissions) : undefined
  return { ...walk, check, verdict, kept: await keptIn(walk.workspaceId) }
}

const token = async (account: string, scopes = all) => (await sandbox.token(account, { scopes })).token
const detailOf = (check: typeof checks.$inferSelect) => check.findings[0]?.detail

// Taken out with: `mayConnect` in `verdict.ts`; the names of the failures with `refusalOf` in `replies.ts`.
describe('A-070: what does not work leaves no connection, and each failure is told apart', () => {
  const nothing = { connections: 0, credentials: 0, candidates: 1 }

  /** As `tried`, with **Next** pressed all the same. */
  async function pressed(...of: Parameters<typeof tried>) {
    const walk = await tried(...of)
    await confirm(walk.user, { sessionId: walk.id, readOnly: false, locale: 'en' })
    return { ...walk, kept: await keptIn(walk.workspaceId) }
  }

  test('a wrong key is not stored', async () => {
    const { verdict, check, kept } = await pressed('wrong-key-of-nobody')
    expect([verdict?.ending, detailOf(check), kept]).toEqual(['refused', 'unknown_key', nothing])
  })

  test('a revoked and an expired key are called so', async () => {
    for (const how of ['revoke', 'expire'] as const) {
      const made = await sandbox.token('acme', { scopes: all })
      await sandbox.control(`/tokens/${made.id}/${how}`, 'POST', {})
      const { verdict, check, kept } = await pressed(made.token)
      expect([verdict?.ending, detailOf(check), kept]).toEqual([
        'refused',
        `${how.replace(/e$/, '')}ed`,
        nothing,
      ])
    }
  })

  test('a missing scope is named, and only that', async () => {
    const { verdict, check, kept } = await pressed(await token('acme', ['r_jobs', 'w_candidates']))
    expect(verdict).toMatchObject({ ending: 'scope_missing', missing: ['read_candidates'] })
    const missing = check.findings.filter(finding => finding.state === 'missing')
    expect(missing.map(finding => finding.values)).toEqual([{ scope: 'r_candidates' }])
    expect(kept).toEqual(nothing)
  })

  test('the key of another account says whose it is', async () => {
    const { verdict, kept } = await pressed(await token('larkfield-nl'))
    expect(verdict).toMatchObject({ ending: 'other_account', account: { subdomain: 'larkfield-nl' } })
    expect(kept).toEqual(nothing)
  })

  test('an account that is shut is called so', async () => {
    const { verdict, check, kept } = await pressed(await token('dunmore'), 'dunmore')
    expect([verdict?.ending, detailOf(check), kept]).toEqual(['odd', 'suspended', nothing])
  })

  test.each([
    ['down', { kind: 'status', status: 503 }, 'ats_unavailable'],
    ['asking to wait', { kind: 'status', status: 429, body: {} }, 'rate_limited'],
    ['a login page', { kind: 'html' }, 'unexpected_answer'],
  ])('an ATS that is %s is waited for, and then gone on with by itself', async (_, fault, reason) => {
    await sandbox.fault('/spi/v3/jobs', fault)
    const { check, kept, id } = await pressed(await token('acme'))
    expect(check).toMatchObject({ state: 'waiting', waitReason: reason })
    expect(check.retryAt?.getTime()).toBeGreaterThan(Date.now())
    expect(check.findings.map(finding => finding.check)).toEqual(['account'])
    expect(kept).toEqual(nothing)
    await db().delete(rateLimits) // the moment to wait for has come
    const after = await examined(id)
    expect(verdictOf(after.findings, 'read_write')).toMatchObject({ ending: 'works' })
  })
})

test('writing that was chosen and is refused is named; chosen not to, it is not asked for', async () => {
  const key = () => token('acme', ['r_jobs', 'r_candidates'])
  expect((await tried(await key())).verdict).toMatchObject({ ending: 'write_missing' })
  const { verdict, check } = await tried(await key(), 'acme', 'read')
  expect(verdict).toMatchObject({ ending: 'works' })
  expect(check.findings.find(finding => finding.check === 'write_candidates')).toMatchObject({
    state: 'not_tried',
    detail: 'not_chosen',
  })
})

test('a run that is given twice asks nothing again', async () => {
  const made = await sandbox.token('acme', { scopes: all })
  const { check } = await tried(made.token)
  const asked = (await sandbox.ledger(made.id)).length
  await runCheck(check.id)
  expect((await sandbox.ledger(made.id)).length).toBe(asked)
})

test('an answer about a key that was replaced meanwhile counts for nothing', async () => {
  const walk = await walkAtTheKey()
  await walk.enter('a-first-key-of-nobody')
  const [first] = await db().select().from(checks).where(eq(checks.linkSessionId, walk.id))
  await walk.enter(await token('acme'))
  await runCheck(first?.id ?? '')
  expect(
    (
      await db()
        .select()
        .from(checks)
        .where(eq(checks.id, first?.id ?? ''))
    )[0]?.state,
  ).toBe('cancelled')
  const check = await examined(walk.id)
  expect(verdictOf(check.findings, 'read_write').ending).toBe('works')
})

// Taken out with: `takeTry` in `checks/request.ts`.
test('A-071: ten tries an hour for a workspace and subdomain, then no request leaves, and nothing typed is lost', async () => {
  const walk = await walkAtTheKey()
  for (let count = 0; count < 10; count++) await walk.enter(`guess-number-${count}`)
  const typed = { api_key: 'guess-number-10', name: 'Ours' }
  const step = await enterField(walk.user, { sessionId: walk.id, field: 'api_key', typed })
  expect(step).toBe('enter/api_key')
  const { shown } = await sessionRow(walk.id)
  expect(shown?.problems['']).toMatchObject({ key: 'wizard.check.too_many_tries' })
  expect(shown?.values).toEqual({ name: 'Ours' })
  expect(JSON.stringify(shown)).not.toContain('guess')
  expect(await db().$count(checks, eq(checks.linkSessionId, walk.id))).toBe(10)
})

test('the key is sealed, stays an hour at most, and goes with its data key', async () => {
  const { id, workspaceId } = await tried('CNRY-key-of-an-hour')
  const [row] = await db()
    .select()
    .from(candidateCredentials)
    .where(eq(candidateCredentials.linkSessionId, id))
  expect(row?.apiKey).toMatch(/^cv1\./)
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000)
  await db()
    .update(candidateCredentials)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(candidateCredentials.linkSessionId, id))
  await shredExpiredCandidates()
  expect(await db().$count(candidateCredentials, eq(candidateCredentials.linkSessionId, id))).toBe(0)
  expect(await db().$count(dataKeys, eq(dataKeys.workspaceId, workspaceId))).toBe(0)
})

test('once the hour is over the doctor stops, and she is asked for the key again', async () => {
  const walk = await walkAtTheKey()
  await walk.enter(await token('acme'))
  await db()
    .update(candidateCredentials)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(candidateCredentials.linkSessionId, walk.id))
  expect((await examined(walk.id)).state).toBe('cancelled')
  expect(await checkAgain(walk.user, { sessionId: walk.id, typed: {} })).toBe('enter/api_key')
})
