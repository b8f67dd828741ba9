import { expect, test } from 'vitest'
import { healthReasons } from '#lib/connectors/contract.ts'
import { createSay } from '#lib/intl.ts'
import type { ConnectionRow } from '#lib/views.ts'
import { connectionFacts } from './facts.ts'
import { troubleOf } from './trouble.ts'
import { daysUntil, when } from './words.ts'

const say = createSay('en', 'Europe/Amsterdam')
const now = new Date('2026-11-25T18:00:00Z')

const connection = (wish: Partial<ConnectionRow> = {}): ConnectionRow => ({
  id: 'c1',
  connector: 'workable',
  environment: 'live',
  name: 'Workable, Acme',
  accountName: 'Acme',
  subdomain: 'acme',
  way: 'api_key',
  lastFour: 'c41e',
  status: 'active',
  health: 'healthy',
  healthReason: null,
  healthSince: new Date('2026-11-25T09:14:00Z'),
  keyExpiresOn: null,
  refreshProblem: null,
  refreshProblemSince: null,
  lastCheckedAt: null,
  rateLimit: null,
  rateRemaining: null,
  rateSeenAt: null,
  createdAt: new Date('2026-11-01T09:00:00Z'),
  createdBy: 'm1',
  createdByName: 'Mariana',
  positions: 0,
  activating: false,
  ...wish,
})

const trouble = (wish: Partial<ConnectionRow>, mayMend = true) =>
  troubleOf(say, connection(wish), { now, mayMend })

test('a connection that works has no trouble', () => {
  expect(trouble({})).toBeUndefined()
  expect(trouble({ keyExpiresOn: '2027-11-25' })).toBeUndefined()
})

test.each(healthReasons)('%s says what happened and whose turn it is, to each reader', healthReason => {
  const keyExpiresOn = '2026-12-01'
  for (const mayMend of [true, false]) {
    const said = trouble({ health: 'failing', healthReason, keyExpiresOn }, mayMend)
    expect(said?.title).toBeTruthy()
    expect(said?.text).toBeTruthy()
  }
})

test('whoever may mend it is told that it is her turn; the others are told whose', () => {
  expect(trouble({ status: 'needs_reauth' })).toMatchObject({
    key: true,
    text: expect.stringContaining('Your turn'),
  })
  const others = trouble({ status: 'needs_reauth' }, false)
  expect(others?.text).toContain('Mariana')
  expect(others?.text).not.toContain('Your turn')
})

test('of a sign-in nothing speaks of a key, and signing in again is what mends it', () => {
  for (const mayMend of [true, false]) {
    expect(trouble({ way: 'oauth', status: 'needs_reauth' }, mayMend)).toMatchObject({
      key: true,
      kind: 'needs_sign_in',
      text: expect.stringContaining(mayMend ? 'Your turn: reconnect' : 'Mariana'),
    })
    for (const healthReason of healthReasons.filter(each => each !== 'expires_soon')) {
      const said = trouble({ way: 'oauth', health: 'failing', healthReason }, mayMend)
      expect(`${said?.title} ${said?.text}`).not.toMatch(/\bkey\b/)
    }
  }
})

test('while a refused sign-in is asked once more, nobody is told that the ATS does not answer', () => {
  const silent = { way: 'oauth', health: 'failing', healthReason: 'ats_unavailable' } as const
  const refreshProblemSince = new Date('2026-11-25T17:59:00Z')
  const refused = { refreshProblem: 'grant_refused', refreshProblemSince } as const
  for (const health of [silent, { way: 'oauth' } as const])
    expect(trouble({ ...health, ...refused })).toMatchObject({
      kind: 'refused_once',
      title: 'Workable refused the sign-in',
      text: expect.stringMatching(/^At 6:59.PM. We ask again within a minute.*nothing to do yet/),
    })
  expect(trouble(silent)?.title).toBe('Workable does not answer')
  // What a person has to mend comes first, and a refusal that was confirmed is no longer this.
  expect(trouble({ ...silent, ...refused, healthReason: 'scope_missing' })?.kind).toBe('scope_missing')
  expect(trouble({ ...silent, ...refused, status: 'needs_reauth' })?.kind).toBe('needs_sign_in')
})

test('the worst comes first: a dead key before its date, a switch before both', () => {
  const keyExpiresOn = '2026-11-26'
  expect(trouble({ status: 'needs_reauth', keyExpiresOn })?.kind).toBe('needs_reauth')
  expect(trouble({ status: 'inactive', health: 'failing', healthReason: 'scope_missing' })?.kind).toBe(
    'inactive',
  )
})

test.each(healthReasons)('a connection that stays off because of %s says so', activation => {
  const said = troubleOf(say, connection({ status: 'inactive' }), { now, mayMend: true, activation })
  expect(said).toMatchObject({ kind: 'stopped', title: 'It stays switched off' })
  expect(said?.text).toMatch(/[Ss]witch it on again/)
  const key = activation === 'scope_missing' || activation === 'credential_unreadable'
  expect(said?.key).toBe(key)
})

test('while it is checked before it is switched on, that is what is said; switched on, its health', () => {
  const about = { now, mayMend: true, activation: 'under_way' } as const
  expect(troubleOf(say, connection({ status: 'inactive' }), about)?.kind).toBe('activating')
  expect(troubleOf(say, connection(), about)).toBeUndefined()
})

test.each([
  ['2026-11-25', 'The key expires today'],
  ['2026-11-26', 'The key expires tomorrow'],
  ['2026-12-09', 'The key expires in 14 days'],
  ['2026-11-24', 'The key’s last day has passed'],
])('a key that ends on %s: %s', (keyExpiresOn, title) => {
  expect(trouble({ keyExpiresOn })?.title).toBe(title)
})

test('days are counted in the reader’s own calendar', () => {
  const lateEvening = new Date('2026-11-25T23:30:00Z')
  expect(daysUntil(createSay('en', 'Europe/Amsterdam'), '2026-11-26', lateEvening)).toBe(0)
  expect(daysUntil(createSay('en', 'America/New_York'), '2026-11-26', lateEvening)).toBe(1)
})

test('a moment of today is a time, another one has its day', () => {
  expect(when(say, new Date('2026-11-25T08:00:00Z'), now)).not.toContain('2026')
  expect(when(say, new Date('2026-11-24T08:00:00Z'), now)).toContain('2026')
})

test('what is not known yet is said as that', () => {
  const values = connectionFacts(say, connection(), now).map(fact => fact.value)
  expect(values).toEqual(['API key', 'No date known', 'None yet', 'Not yet', 'Not seen yet', 'Mariana'])
  const bySignIn = connectionFacts(say, connection({ way: 'oauth' }), now).map(fact => fact.value)
  expect(bySignIn).toEqual(['Sign-in', 'None yet', 'Not yet', 'Not seen yet', 'Mariana'])
})
