import { and, eq, inArray } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, invitations, numbers, positions } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { namesOfPeople } from './find.ts'

/** A line of the log, ready to show. Names are those of now, null for what is gone or has none; ids are as recorded. */
export type AuditRow = {
  id: string
  at: Date
  name: string
  who: { kind: string; id: string; name: string | null }
  /** `path` leads to it, below the workspace's address, where it still exists. */
  subject: { kind: string; id: string; name: string | null; path: string | null }
  address: string | null
  userAgent: string | null
  data: Readonly<Record<string, unknown>>
}

/** An event as the driver gives it: a moment may be text or `Date`. */
export type RawEvent = {
  id: string
  at: string | Date
  at_exact: string
  name: string
  actor_kind: string
  actor_id: string
  subject_kind: string
  subject_id: string
  address: string | null
  user_agent: string | null
  data: Record<string, unknown>
}

type Thing = { name: string; path: string | null }

/** Gives events the names of who did it and of what it was done to, in five queries however many they are. */
export async function nameRows(actor: MemberActor, events: readonly RawEvent[]): Promise<AuditRow[]> {
  const idsOf = (kind: string) => [
    ...new Set(events.filter(e => e.subject_kind === kind && isId(e.subject_id)).map(e => e.subject_id)),
  ]
  const actors = [...new Set(events.map(e => e.actor_id).filter(isId))]
  const [people, positionsNamed, connectionsNamed, numbersNamed, invited] = await Promise.all([
    namesOfPeople(actor, [...new Set([...actors, ...idsOf('member')])]),
    namesOfPositions(actor, idsOf('position')),
    namesOfConnections(actor, idsOf('connection')),
    namesOfNumbers(actor, idsOf('number')),
    addressesOf(actor, idsOf('invitation')),
  ])
  const thingOf = ({ subject_kind: kind, subject_id: id }: RawEvent): Thing | undefined => {
    if (kind === 'position') return positionsNamed.get(id)
    if (kind === 'connection') return connectionsNamed.get(id)
    if (kind === 'number') return numbersNamed.get(id)
    if (kind === 'invitation') return invited.get(id)
    const name = kind === 'member' ? people.get(id) : undefined
    return name === undefined ? undefined : { name, path: 'settings' }
  }
  return events.map(event => ({
    id: event.id,
    at: new Date(event.at),
    name: event.name,
    who: { kind: event.actor_kind, id: event.actor_id, name: people.get(event.actor_id) ?? null },
    subject: {
      kind: event.subject_kind,
      id: event.subject_id,
      name: thingOf(event)?.name ?? null,
      path: thingOf(event)?.path ?? null,
    },
    address: event.address,
    userAgent: event.user_agent,
    data: event.data,
  }))
}

async function namesOfPositions(actor: MemberActor, ids: string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: positions.id, name: positions.title })
    .from(positions)
    .where(and(eq(positions.workspaceId, actor.workspaceId), inArray(positions.id, ids)))
  return new Map(rows.map(({ id, name }) => [id, { name, path: `positions/${id}` }]))
}

/** A deleted one keeps its name for the log and leads nowhere. */
async function namesOfConnections(actor: MemberActor, ids: string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({
      id: connections.id,
      name: connections.name,
      connector: connections.connector,
      status: connections.status,
    })
    .from(connections)
    .where(and(eq(connections.workspaceId, actor.workspaceId), inArray(connections.id, ids)))
  return new Map(
    rows.map(({ id, name, connector, status }) => [
      id,
      { name, path: status === 'deleted' ? null : `integrations/${connector}/${id}` },
    ]),
  )
}

/** A removed one keeps its label for the log and leads nowhere. */
async function namesOfNumbers(actor: MemberActor, ids: string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: numbers.id, name: numbers.label, removedAt: numbers.removedAt })
    .from(numbers)
    .where(and(eq(numbers.workspaceId, actor.workspaceId), inArray(numbers.id, ids)))
  return new Map(
    rows.map(({ id, name, removedAt }) => [id, { name, path: removedAt ? null : `numbers/${id}` }]),
  )
}

/** Who was invited, by the address that was asked. */
async function addressesOf(actor: MemberActor, ids: string[]): Promise<Map<string, Thing>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: invitations.id, name: invitations.email })
    .from(invitations)
    .where(and(eq(invitations.workspaceId, actor.workspaceId), inArray(invitations.id, ids)))
  return new Map(rows.map(({ id, name }) => [id, { name, path: 'settings' }]))
}
