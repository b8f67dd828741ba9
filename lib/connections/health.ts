import { verdictOf } from '#lib/checks/verdict.ts'
import { now } from '#lib/clock.ts'
import type { Finding, HealthReason } from '#lib/connectors/contract.ts'
import type { connections } from '#lib/db/schema/index.ts'

type Connection = Pick<
  typeof connections.$inferSelect,
  'status' | 'health' | 'healthReason' | 'permissions' | 'keyExpiresOn' | 'atsMemberId' | 'remoteAccountId'
>

/** What a check brought: its findings, or why it could not ask. */
export type Verified = { findings: Finding[]; failure?: HealthReason }

export type HealthState = Pick<Connection, 'status' | 'health' | 'healthReason' | 'atsMemberId'>

const soon = 14 * 24 * 60 * 60 * 1000

/**
 * Status and health after a check. Only a refusal of the credential itself makes `needs_reauth`; an outage, a limit or an odd
 * answer never does. Health says the worst thing that is true.
 */
export function healthOf(connection: Connection, found: Verified): HealthState {
  const { atsMemberId } = connection
  if (found.failure) {
    return { status: connection.status, health: 'failing', healthReason: found.failure, atsMemberId }
  }
  const verdict = verdictOf(found.findings, connection.permissions)
  if (verdict.ending === 'refused') {
    return { status: 'needs_reauth', health: 'failing', healthReason: null, atsMemberId }
  }
  const status = connection.status === 'needs_reauth' ? 'active' : connection.status
  if (verdict.ending === 'other_account')
    return { status, health: 'failing', healthReason: 'account_gone', atsMemberId }
  if (verdict.ending === 'odd') {
    // The account itself answers oddly: it is closed, suspended or somebody else's by now.
    const shut = found.findings.some(finding => finding.check === 'account' && finding.state === 'odd')
    const healthReason = shut ? 'account_gone' : 'unexpected_answer'
    return { status, health: 'failing', healthReason, atsMemberId }
  }
  if (verdict.ending === 'scope_missing')
    return { status, health: 'failing', healthReason: 'scope_missing', atsMemberId }
  if (verdict.account.remoteId !== connection.remoteAccountId) {
    return { status, health: 'failing', healthReason: 'account_gone', atsMemberId }
  }
  const member = found.findings.find(finding => finding.check === 'member')?.member?.remoteId ?? null
  return {
    status,
    ...lesser(connection, verdict.ending === 'write_missing', member, found),
    atsMemberId: member,
  }
}

function lesser(
  connection: Connection,
  writeMissing: boolean,
  member: string | null,
  found: Verified,
): Pick<HealthState, 'health' | 'healthReason'> {
  if (writeMissing) return { health: 'degraded', healthReason: 'scope_missing' }
  const asked = found.findings.find(finding => finding.check === 'member')
  if (!member && asked?.state === 'unknown_person')
    return { health: 'degraded', healthReason: 'member_unknown' }
  if (expiresSoon(connection.keyExpiresOn)) {
    return { health: 'degraded', healthReason: 'expires_soon' }
  }
  return { health: 'healthy', healthReason: null }
}

const expiresSoon = (day: string | null): boolean => day !== null && Date.parse(day) - now().getTime() <= soon

/** Health with another day of expiry: only what hangs on that day alone changes. */
export function healthExpiring(
  { health, healthReason }: Pick<Connection, 'health' | 'healthReason'>,
  day: string | null,
): Pick<HealthState, 'health' | 'healthReason'> {
  const flawless = health === 'healthy' || healthReason === 'expires_soon'
  if (!flawless) return { health, healthReason }
  return expiresSoon(day)
    ? { health: 'degraded', healthReason: 'expires_soon' }
    : { health: 'healthy', healthReason: null }
}

export const sameHealth = (before: HealthState, after: HealthState): boolean =>
  before.status === after.status &&
  before.health === after.health &&
  before.healthReason === after.healthReason
