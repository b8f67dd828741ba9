import type { ConnectionDetail, ConnectionRow, Say } from '#lib/views.ts'
import { atsName, daysUntil, soonDays, when } from './words.ts'

type Connection = ConnectionDetail | ConnectionRow

/** Whose turn it is: the people of the workspace, the partner who runs Gangway, or nobody, since it mends itself or was meant. */
export type Turn = 'customer' | 'partner' | 'nobody'

type Look = {
  tone: 'plain' | 'info' | 'warn' | 'bad'
  /** A new key, or a new sign-in, is what mends it. */
  key: boolean
  turn: Turn
}

/** The worst thing that is true of a connection, how it looks, whether a new key mends it, and whose turn it is. */
const looks = {
  inactive: { tone: 'plain', key: false, turn: 'nobody' },
  activating: { tone: 'info', key: false, turn: 'nobody' },
  stopped: { tone: 'warn', key: false, turn: 'customer' },
  needs_reauth: { tone: 'bad', key: true, turn: 'customer' },
  needs_sign_in: { tone: 'bad', key: true, turn: 'customer' },
  scope_missing: { tone: 'bad', key: true, turn: 'customer' },
  account_gone: { tone: 'bad', key: false, turn: 'customer' },
  credential_unreadable: { tone: 'bad', key: true, turn: 'partner' },
  refused_once: { tone: 'bad', key: false, turn: 'nobody' },
  ats_unavailable: { tone: 'bad', key: false, turn: 'nobody' },
  unexpected_answer: { tone: 'bad', key: false, turn: 'nobody' },
  rate_limited: { tone: 'info', key: false, turn: 'nobody' },
  member_unknown: { tone: 'warn', key: false, turn: 'customer' },
  expired: { tone: 'warn', key: true, turn: 'customer' },
  expires_soon: { tone: 'warn', key: true, turn: 'customer' },
} as const satisfies Record<string, Look>

export type TroubleKind = keyof typeof looks

export type Trouble = Look & { kind: TroubleKind; title: string; text: string }

/** What of a connection says how it is. */
type Judged = Pick<Connection, 'status' | 'way' | 'healthReason' | 'keyExpiresOn' | 'refreshProblem'>

/** The one judgement of how a connection is: what is wrong with it and whose turn it is; undefined when nothing is wrong. */
export function judge(
  say: Say,
  connection: Judged,
  about: { now: Date; activation?: Activation | undefined },
): { kind: TroubleKind; turn: Turn; days: number } | undefined {
  const days = connection.keyExpiresOn ? daysUntil(say, connection.keyExpiresOn, about.now) : undefined
  const kind = kindOf(connection, days, about.activation)
  return kind && { kind, turn: looks[kind].turn, days: days ?? 0 }
}

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
  const judged = judge(say, connection, about)
  if (!judged) return undefined
  const { kind, days } = judged
  const look = looks[kind]
  const soft =
    (kind === 'scope_missing' && connection.health === 'degraded') ||
    (kind === 'refused_once' && connection.health === 'healthy')
  const since = (kind === 'refused_once' && connection.refreshProblemSince) || connection.healthSince
  const values = {
    way: connection.way,
    name: atsName(say, connection),
    account: connection.accountName,
    maker: connection.createdByName,
    since: when(say, since, about.now),
    next: nextOf(say, connection, about.now),
    problem: connection.refreshProblem ?? '',
    days,
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
  connection: Judged,
  days: number | undefined,
  activation: Activation | undefined,
): TroubleKind | undefined {
  const { status, way, healthReason, refreshProblem } = connection
  if (status === 'inactive' && activation) return activation === 'under_way' ? 'activating' : 'stopped'
  if (status === 'inactive') return 'inactive'
  if (status === 'needs_reauth') return way === 'oauth' ? 'needs_sign_in' : 'needs_reauth'
  if (refusedOnce(healthReason, refreshProblem)) return 'refused_once'
  if (healthReason && healthReason !== 'expires_soon') return healthReason
  if (days === undefined || days > soonDays) return undefined
  return days < 0 ? 'expired' : 'expires_soon'
}

/** Its grant was refused, and is asked once more before a person has to: until then a look at it finds no token. */
export const refusedOnce = (
  reason: Connection['healthReason'],
  problem: Connection['refreshProblem'],
): boolean =>
  (reason === null || reason === 'ats_unavailable') &&
  (problem === 'grant_refused' || problem === 'refused_oddly')

function nextOf(say: Say, connection: Connection, now: Date): string {
  const next = 'nextCheckAt' in connection ? connection.nextCheckAt : null
  return next && next > now
    ? say('connections.next.at', { at: when(say, next, now) })
    : say('connections.next.soon')
}
