import { expect, test } from 'vitest'
import { healthReasons } from '#lib/connectors/contract.ts'
import { createSay } from '#lib/intl.ts'
import type { CustomerConnection, CustomerRow } from '#lib/views.ts'
import { inOrder, turnOf } from './turn.ts'

const say = createSay('en', 'Europe/Amsterdam')
const now = new Date('2026-11-25T18:00:00Z')

const connection = (wish: Partial<CustomerConnection> = {}): CustomerConnection => ({
  id: 'c1',
  workspaceId: 'w1',
  connector: 'workable',
  environment: 'live',
  name: 'Workable, Acme',
  way: 'oauth',
  status: 'active',
  health: 'healthy',
  healthReason: null,
  healthSince: new Date('2026-11-25T09:14:00Z'),
  keyExpiresOn: null,
  refreshProblem: null,
  appStopped: null,
  ...wish,
})

const customer = (wish: Partial<CustomerRow> = {}): CustomerRow => ({
  id: 'w1',
  slug: 'acme',
  name: 'Acme',
  createdAt: new Date('2026-11-01T09:00:00Z'),
  positions: 0,
  connections: wish.worst?.length ?? 0,
  mine: false,
  worst: [],
  invitation: undefined,
  walk: undefined,
  ...wish,
})

const turn = (...wishes: Partial<CustomerConnection>[]) =>
  turnOf(say, customer({ worst: wishes.map(connection) }), now)

const failing = { health: 'failing' } as const

test.each(healthReasons)('%s says whose turn it is', healthReason => {
  const { whose, text } = turn({ ...failing, healthReason, keyExpiresOn: '2026-12-01' })
  const starts = { customer: 'Their turn: ', partner: 'Your turn: ', nobody: 'Nobody’s: ' }
  expect(text.startsWith(starts[whose])).toBe(true)
})

test('of a connection it is told what its own page tells, in the words of whoever looks after customers', () => {
  expect(turn({})).toEqual({ whose: 'nobody', text: 'Nobody’s' })
  expect(turn({ status: 'needs_reauth' }).text).toBe('Their turn: sign in at Workable again')
  expect(turn({ status: 'needs_reauth', way: 'api_key' }).text).toBe('Their turn: give Workable a new key')
  expect(turn({ keyExpiresOn: '2026-12-07' }).text).toBe('Their turn: the key expires in 12 days')
  expect(turn({ status: 'inactive', ...failing, healthReason: 'scope_missing' }).whose).toBe('nobody')
})

test('a stopped app is the partner’s turn, when it was refused; a grant that is over stays the customer’s', () => {
  expect(turn({ appStopped: 'app_refused' })).toMatchObject({
    whose: 'partner',
    text: 'Your turn: Workable refuses your app',
  })
  expect(turn({ appStopped: 'unavailable' }).whose).toBe('nobody')
  expect(turn({ appStopped: 'app_refused', status: 'needs_reauth' }).whose).toBe('customer')
  expect(turn({ appStopped: 'app_refused', status: 'inactive' }).text).toBe('Nobody’s: switched off')
})

test('while a refused sign-in is asked once more the partner is told that, and not that the ATS is silent', () => {
  const silent = { ...failing, healthReason: 'ats_unavailable' } as const
  expect(turn({ ...silent, refreshProblem: 'grant_refused' })).toMatchObject({
    whose: 'nobody',
    text: 'Nobody’s: Workable refused the sign-in and is asked again within a minute; refused again, it is their turn',
  })
  expect(turn({ ...silent, refreshProblem: 'refused_oddly' }).text).toContain('over the next hour')
  expect(turn({ ...silent, refreshProblem: 'unclear' }).text).toContain('does not answer')
  expect(turn(silent).text).toContain('does not answer')
})

test('of several connections the one counts that needs somebody most, and what mends itself comes last', () => {
  const away = { ...failing, healthReason: 'ats_unavailable' } as const
  expect(turn({}, away, { keyExpiresOn: '2026-12-07' }).text).toContain('expires in 12 days')
  expect(turn(away, { appStopped: 'app_refused' }, { status: 'needs_reauth' }).text).toContain('sign in at')
  expect(turn({}, away).whose).toBe('nobody')
  const worst = [{}, away, { keyExpiresOn: '2026-12-07' }, { status: 'inactive' } as const].map(connection)
  const kinds = inOrder(say, customer({ worst }), now).map(({ trouble }) => trouble?.kind)
  expect(kinds).toEqual(['expires_soon', 'ats_unavailable', 'inactive', undefined])
})

test('without a connection it is told how far the customer has come', () => {
  const at = (wish: Partial<CustomerRow>) => turnOf(say, customer(wish), now)
  expect(at({})).toEqual({ whose: 'customer', text: 'Their turn: connect an ATS' })
  const since = new Date('2026-11-25T15:40:00Z')
  expect(at({ walk: { leg: 'connect', since } }).text).toBe('Their turn: at “Connect” since 4:40 PM')
  const invitation = {
    email: 'ada@quarry.example',
    sentAt: new Date('2026-11-25T08:00:00Z'),
    expiresAt: new Date('2026-11-28T08:00:00Z'),
    ended: false,
  }
  expect(at({ invitation })).toEqual({
    whose: 'customer',
    text: 'Their turn: accept the invitation, sent 9:00 AM',
  })
  expect(at({ invitation: { ...invitation, ended: true } }).whose).toBe('partner')
})
