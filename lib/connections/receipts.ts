import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { accountUrl } from '#lib/ats/hosts.ts'
import { record } from '#lib/audit/record.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { db, transaction } from '#lib/db/client.ts'
import { newestFirst } from '#lib/db/newest-first.ts'
import { deletionReceipts, revocations } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** So many are listed. */
export const mostReceipts = 100

type Row = typeof deletionReceipts.$inferSelect

/**
 * How it stands with revoking a grant at the ATS: waits since, proven at, given up at. `impossible`: its tokens could not be opened
 * any more when the connection was deleted.
 */
export type Revoked =
  | { state: 'waiting' | 'proven' | 'gave_up'; since: Date; settledAt: Date | null }
  | { state: 'impossible' }

/**
 * What is left of a deleted connection, with where its key or grant is revoked by a person: none while its sandbox is switched off.
 * `revoked` is there for a grant; `waits` says that it is a person's turn.
 */
export type Receipt = Row & {
  number: string
  keysUrl: string | undefined
  revoked: Revoked | undefined
  waits: boolean
}

/** The receipt of a deleted connection: its id, or undefined while it lives or is not this workspace's. */
export async function receiptOf(actor: MemberActor, connectionId: string): Promise<string | undefined> {
  if (!isId(connectionId)) return undefined
  const [row] = await db()
    .select({ id: deletionReceipts.id })
    .from(deletionReceipts)
    .where(
      and(
        eq(deletionReceipts.connectionId, connectionId),
        eq(deletionReceipts.workspaceId, actor.workspaceId),
      ),
    )
  return row?.id
}

/** One receipt, for whoever may look at the workspace. Throws `not_found` for any other. */
export async function readReceipt(actor: MemberActor, id: string): Promise<Receipt> {
  mustBeAllowed(actor, 'look')
  const [found] = isId(id) ? await withRevocation().where(own(actor, id)) : []
  if (!found) throw notFound('receipt')
  const { row, revocation } = found
  const revoked = revokedOf(row, revocation)
  return { ...row, number: numberOf(row), keysUrl: keysUrl(row), revoked, waits: waitsFor(row, revoked) }
}

/** The workspace's receipts, newest first. */
export async function listReceipts(actor: MemberActor) {
  mustBeAllowed(actor, 'look')
  const found = await withRevocation()
    .where(eq(deletionReceipts.workspaceId, actor.workspaceId))
    .orderBy(...newestFirst(deletionReceipts.deletedAt, deletionReceipts.id))
    .limit(mostReceipts)
  return found.map(({ row, revocation }) => {
    const { id, name, way, deletedAt, deletedByName, revokedAt } = row
    const revoked = revokedOf(row, revocation)
    const waits = waitsFor(row, revoked)
    return { id, name, way, deletedAt, deletedByName, revokedAt, state: revoked?.state, waits }
  })
}

const withRevocation = () =>
  db()
    .select({ row: deletionReceipts, revocation: revocations })
    .from(deletionReceipts)
    .leftJoin(revocations, eq(revocations.id, deletionReceipts.revocationId))

function revokedOf({ way }: Row, revocation: typeof revocations.$inferSelect | null): Revoked | undefined {
  if (way !== 'oauth') return undefined
  if (!revocation) return { state: 'impossible' }
  const { state, createdAt: since, settledAt } = revocation
  return { state, since, settledAt }
}

/** A key waits for somebody at the ATS, a grant only when we could not revoke it. */
const waitsFor = ({ revokedAt }: Row, revoked: Revoked | undefined): boolean =>
  !revokedAt && (!revoked || revoked.state === 'gave_up' || revoked.state === 'impossible')

/** **I have revoked it**: keeps on the receipt who said so, and when. The first word counts. */
export async function sayRevoked(actor: MemberActor, input: { receiptId: string }): Promise<void> {
  const { connectionId } = await readReceipt(actor, input.receiptId)
  mustBeAllowed(actor, 'manage_integrations')
  await transaction(async tx => {
    const said = await tx
      .update(deletionReceipts)
      .set({ revokedAt: sql`now()`, revokedByName: actor.name })
      .where(and(own(actor, input.receiptId), isNull(deletionReceipts.revokedAt)))
      .returning({ id: deletionReceipts.id })
    if (said.length === 0) return
    await record(tx, actor, {
      name: 'connection.key_revoked',
      subject: { kind: 'connection', id: connectionId },
    })
  })
}

const own = (actor: MemberActor, id: string) =>
  and(eq(deletionReceipts.id, id), eq(deletionReceipts.workspaceId, actor.workspaceId))

/** What it is called in talking about it: `R-2026-1F0C9A2B`. */
const numberOf = ({ id, deletedAt }: Row): string =>
  `R-${deletedAt.getUTCFullYear()}-${id.slice(-8).toUpperCase()}`

function keysUrl({ connector, environment, subdomain }: Row): string | undefined {
  if (environment === 'sandbox' && env().SANDBOX === 'off') return undefined
  const { manifest, guide } = connectorById(connector)
  return accountUrl(manifest, environment, subdomain, guide.settingsPath)
}

export type ReceiptRow = Awaited<ReturnType<typeof listReceipts>>[number]
