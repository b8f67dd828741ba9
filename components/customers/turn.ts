import type { CustomerConnection, CustomerRow, Say } from '#lib/views.ts'
import { judge, type TroubleKind, type Turn } from '../connections/trouble.ts'
import { atsName, when } from '../connections/words.ts'

type Kind = TroubleKind | 'app_refused' | 'app_unavailable'

/** What a customer or its partner has to do comes before what mends itself; each the more urgent first. */
const urgency = [
  'needs_sign_in',
  'needs_reauth',
  'app_refused',
  'credential_unreadable',
  'scope_missing',
  'account_gone',
  'expired',
  'expires_soon',
  'member_unknown',
  'stopped',
  'app_unavailable',
  'refused_once',
  'ats_unavailable',
  'unexpected_answer',
  'rate_limited',
  'activating',
  'inactive',
] as const satisfies readonly Kind[]

/** Whose turn it is with a customer, in a sentence. */
export type CustomersTurn = { whose: Turn; text: string }

/** A customer's connections, each with what is wrong with it; those that need somebody most come first. */
export function inOrder(say: Say, { worst }: CustomerRow, now: Date) {
  return worst
    .map(connection => ({ connection, trouble: troubleOf(say, connection, now) }))
    .toSorted((one, other) => placeOf(one.trouble) - placeOf(other.trouble))
}

const placeOf = (trouble: { kind: Kind } | undefined): number =>
  trouble ? urgency.indexOf(trouble.kind) : urgency.length

/** Whose turn it is: by the connection that needs somebody most, or by how far the customer has come without one. */
export function turnOf(say: Say, customer: CustomerRow, now: Date): CustomersTurn {
  const { invitation, walk } = customer
  if (invitation) {
    const at = when(say, invitation.ended ? invitation.expiresAt : invitation.sentAt, now)
    const key = invitation.ended ? 'invitation_ended' : 'invited'
    return { whose: invitation.ended ? 'partner' : 'customer', text: say(`customers.turns.${key}`, { at }) }
  }
  const [first] = inOrder(say, customer, now)
  if (!first) return { whose: 'customer', text: withoutConnection(say, walk, now) }
  return first.trouble ?? { whose: 'nobody', text: say('customers.turns.nobody') }
}

function withoutConnection(say: Say, walk: CustomerRow['walk'], now: Date): string {
  if (!walk) return say('customers.turns.unconnected')
  const values = { leg: say(`wizard.deck.${walk.leg}`), since: when(say, walk.since, now) }
  return say('customers.turns.walking', values)
}

function troubleOf(say: Say, connection: CustomerConnection, now: Date) {
  const judged = judge(say, connection, { now })
  const stopped = connection.appStopped
  // A grant that is over stays over when the app works again.
  const waits = stopped && connection.status !== 'inactive' && judged?.kind !== 'needs_sign_in'
  const of = waits ? ofApp[stopped] : judged
  if (!of) return undefined
  const text = say(`customers.turns.${of.kind}`, {
    name: atsName(say, connection),
    days: judged?.days ?? 0,
    problem: connection.refreshProblem ?? '',
  })
  return { kind: of.kind, whose: of.turn, text }
}

const ofApp = {
  app_refused: { kind: 'app_refused', turn: 'partner' },
  unavailable: { kind: 'app_unavailable', turn: 'nobody' },
} as const satisfies Record<NonNullable<CustomerConnection['appStopped']>, { kind: Kind; turn: Turn }>
