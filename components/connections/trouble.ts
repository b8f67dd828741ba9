import type { ConnectionDetail, ConnectionRow, Say } from '#lib/views.ts'
import { atsName, daysUntil, soonDays, when } from './words.ts'

type Connection = ConnectionDetail | ConnectionRow

type Look = {
  tone: 'plain' | 'info' | 'warn' | 'bad'
  /** A new key, or a new sign-in, is what mends it. */
  key: boolean
}

/** The worst thing that is true of a connection, how it looks, and whether a new key mends it. */
const looks = {
  inactive: { tone: 'plain', key: false },
  activating: { tone: 'info', key: false },
  stopped: { tone: 'warn', key: false },
  needs_reauth: { tone: 'bad', key: true },
  needs_sign_in: { tone: 'bad', key: true },
  scope_missing: { tone: 'bad', key: true },
  account_gone: { tone: 'bad', key: false },
  credential_unreadable: { tone: 'bad', key: true },
  ats_unavailable: { tone: 'bad', key: false },
  unexpected_answer: { tone: 'bad', key: false },
  rate_limited: { tone: 'info', key: false },
  member_unknown: { tone: 'warn', key: false },
  expired: { tone: 'warn', key: true },
  expires_soon: { tone: 'warn', key: true },
} as const satisfies Record<string, Look>

type Kind = keyof typeof looks

export type Trouble = Look & { kind: Kind; title: string; text: string }

/** A connection that is off: its check before **Active** is under way, or ended with this reason. */
export type Activation = 'under_way' | NonNullable<ConnectionRow['healthReason']>

/** Why a check before **Active** may have ended as it did, in words of its own; the others are odd answers. */
const namedStops = ['scope_missing', 'ats_unavailable', 'account_gone', 'credential_unreadable']
const mendedByKey = ['scope_missing', 'credential_unreadable']

/** Names what is wrong with a connection, whose turn it is and what next; undefined when nothing is. */
export function troubleOf(
  say: Say,
  connection: Connection,
  about: { now: Date; mayMend: boolean; activation?: Activation | undefined },
): Trouble | undefined {
  const days = connection.keyExpiresOn ? daysUntil(say, connection.keyExpiresOn, about.now) : undefined
  const kind = kindOf(connection, days, about.activation)
  if (!kind) return undefined
  const look = looks[kind]
  const soft = kind === 'scope_missing' && connection.health === 'degraded'
  const values = {
    way: connection.way,
    name: atsName(say, connection),
    account: connection.accountName,
    maker: connection.createdByName,
    since: when(say, connection.healthSince, about.now),
    next: nextOf(say, connection, about.now),
    days: days ?? 0,
    date: connection.keyExpiresOn ? say.day(connection.keyExpiresOn) : '',
  }
  const stop = namedStops.find(each => each === about.activation) ?? 'unexpected_answer'
  const why = kind === 'stopped' ? say(`connections.activation.${stop}`, values) : ''
  const of = `connections.trouble.${kind}`
  const text = !about.mayMend && say.has(`${of}.others`) ? 'others' : 'text'
  return {
    ...look,
    kind,
    tone: soft ? 'warn' : look.tone,
    key: look.key || (kind === 'stopped' && mendedByKey.includes(stop)),
    title: say(`${of}.title`, values),
    text: say(`${of}.${text}`, { ...values, why }),
  }
}

function kindOf(
  connection: Connection,
  days: number | undefined,
  activation: Activation | undefined,
): Kind | undefined {
  const { status, way, healthReason } = connection
  if (status === 'inactive' && activation) return activation === 'under_way' ? 'activating' : 'stopped'
  if (status === 'inactive') return 'inactive'
  if (status === 'needs_reauth') return way === 'oauth' ? 'needs_sign_in' : 'needs_reauth'
  if (healthReason && healthReason !== 'expires_soon') return healthReason
  if (days === undefined || days > soonDays) return undefined
  return days < 0 ? 'expired' : 'expires_soon'
}

function nextOf(say: Say, connection: Connection, now: Date): string {
  const next = 'nextCheckAt' in connection ? connection.nextCheckAt : null
  return next && next > now
    ? say('connections.next.at', { at: when(say, next, now) })
    : say('connections.next.soon')
}
