import { and, eq, isNull, notExists, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { cancelConnectionChecks } from '#lib/checks/request.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connections, deletionReceipts, jobs, positionLinks, positions } from '#lib/db/schema/index.ts'
import { failpoint } from '#lib/failpoint.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { newId } from '#lib/ids.ts'
import { abandonWalksOf } from '#lib/link-sessions/abandon-walks.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { releaseNumbers } from '#lib/numbers/remove.ts'
import { endLink } from '#lib/position-links/link-job.ts'
import { shredCredentials } from './credentials.ts'
import { handOverGrant } from './hand-over-grant.ts'
import { lockConnection, readConnection } from './read.ts'
import { receiptOf } from './receipts.ts'

/** What has to be typed, in every language. */
const deletionWord = 'DELETE'

const form = z.object({
  word: z
    .string()
    .trim()
    .refine(word => word === deletionWord, 'connections.delete.problems.word'),
})

type Input = { connectionId: string; fields: Fields; from: SignInFrom }

type Connection = Awaited<ReturnType<typeof lockConnection>>

/**
 * **Delete integration**: in one transaction the data key and the credential are destroyed, a grant is handed over to be revoked,
 * links end, checks and walks are cancelled, and a receipt is left. Gives the receipt's id, also to whoever comes second: it is deleted once.
 * Wants the word and a fresh sign-in: throws `invalid` with the problem at `word` or `password`, `too_many`, `forbidden`,
 * `not_found`.
 */
export async function deleteConnection(actor: MemberActor, input: Input): Promise<string> {
  mustBeAllowed(actor, 'manage_integrations')
  const before = await receiptOf(actor, input.connectionId)
  if (before) return before
  try {
    return await deleteNow(actor, input)
  } catch (error) {
    // Somebody else was faster: what was wanted has happened, and there is one receipt of it.
    const receipt = await receiptOf(actor, input.connectionId)
    if (receipt) return receipt
    throw error
  }
}

async function deleteNow(actor: MemberActor, { connectionId, fields, from }: Input): Promise<string> {
  await readConnection(actor, connectionId)
  parseForm(form, fields)
  await proveAgain(actor, fields.password, from)
  const receipt = await transaction(tx => shred(tx, actor, connectionId))
  await failpoint('deletion_committed')
  return receipt
}

async function shred(tx: Tx, actor: MemberActor, connectionId: string): Promise<string> {
  const { workspaceId } = actor
  // Walks before the connection: the order in which a walk's own steps lock.
  await abandonWalksOf(tx, actor, connectionId)
  const connection = await lockConnection(tx, actor, connectionId)
  const revocationId = await handOverGrant(tx, connection)
  await failpoint('grant_handed_over')
  await shredCredentials(tx, { workspaceId, connectionId })
  await cancelConnectionChecks(tx, connectionId)
  const ended = await endLinks(tx, actor, connectionId)
  await forgetJobs(tx, connectionId)
  await releaseNumbers(tx, { workspaceId, connectionId })
  await tx
    .update(connections)
    .set({
      status: 'deleted',
      deletedAt: sql`now()`,
      partnerClientId: null,
      nextCheckAt: null,
      refreshDueAt: null,
      jobsState: 'never',
      jobsCursor: null,
      jobsFetch: null,
      updatedAt: sql`now()`,
    })
    .where(and(eq(connections.id, connectionId), eq(connections.workspaceId, workspaceId)))
  await record(tx, actor, {
    name: 'connection.deleted',
    subject: { kind: 'connection', id: connectionId },
    data: { links: ended.length, way: connection.way },
  })
  return writeReceipt(tx, actor, connection, { endedLinks: ended, revocationId })
}

async function endLinks(tx: Tx, actor: MemberActor, connectionId: string) {
  const living = await tx
    .select({
      id: positionLinks.id,
      jobId: positionLinks.jobId,
      positionId: positions.id,
      title: positions.title,
    })
    .from(positionLinks)
    .innerJoin(positions, eq(positions.id, positionLinks.positionId))
    .where(
      and(
        eq(positionLinks.workspaceId, actor.workspaceId),
        eq(positionLinks.connectionId, connectionId),
        isNull(positionLinks.endedAt),
      ),
    )
    .orderBy(sql`lower(${positions.title})`)
    .for('update', { of: positionLinks })
  for (const { id, jobId, positionId } of living) {
    await endLink(tx, actor, id)
    await record(tx, actor, {
      name: 'position.unlinked',
      subject: { kind: 'position', id: positionId },
      data: { jobId, connectionId },
    })
  }
  return living.map(({ positionId, title }) => ({ positionId, title }))
}

/** The ATS's jobs go with the access to them; those that a position was linked to are part of what happened. */
async function forgetJobs(tx: Tx, connectionId: string): Promise<void> {
  const linked = tx
    .select({ id: positionLinks.id })
    .from(positionLinks)
    .where(eq(positionLinks.jobId, jobs.id))
  await tx.delete(jobs).where(and(eq(jobs.connectionId, connectionId), notExists(linked)))
}

async function writeReceipt(
  tx: Tx,
  actor: MemberActor,
  connection: Connection,
  what: { endedLinks: { positionId: string; title: string }[]; revocationId: string | undefined },
): Promise<string> {
  const id = newId()
  const { workspaceId, connector, environment, name, accountName, subdomain, way, lastFour } = connection
  await tx.insert(deletionReceipts).values({
    id,
    workspaceId,
    connectionId: connection.id,
    connector,
    environment,
    name,
    accountName,
    subdomain,
    way,
    lastFour,
    ...what,
    deletedBy: actor.memberId,
    deletedByName: actor.name,
  })
  return id
}
