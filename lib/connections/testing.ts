import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { requestConnectionCheck } from '#lib/checks/request.ts'
import { runCheck } from '#lib/checks/run.ts'
import type { TestSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { checks, connections, jobs, positionLinks, positions } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { writeCredential } from './credentials.ts'

type Connection = typeof connections.$inferSelect

const accountsShape = z.object({
  accounts: z.array(z.looseObject({ id: z.string(), subdomain: z.string() })),
})

type Wish = Partial<typeof connections.$inferInsert> & { scopes?: string[] }

/** Makes a connection to an account of the sandbox, with a token of it sealed as its credential. For tests. */
export async function connectTo(
  sandbox: Pick<TestSandbox, 'control' | 'token'>,
  actor: MemberActor,
  subdomain: string,
  wish: Wish = {},
) {
  const { scopes, ...columns } = wish
  const { accounts } = accountsShape.parse(await sandbox.control('/accounts'))
  const account = accounts.find(each => each.subdomain === subdomain)
  const { id: tokenId, token } = await sandbox.token(subdomain, scopes ? { scopes } : {})
  const id = newId()
  await transaction(async tx => {
    await tx.insert(connections).values({
      id,
      workspaceId: actor.workspaceId,
      connector: 'workable',
      environment: 'sandbox',
      name: `Workable, ${subdomain}`,
      way: 'api_key',
      permissions: 'read_write',
      remoteAccountId: account?.id ?? subdomain,
      accountName: subdomain,
      subdomain,
      lastFour: token.slice(-4),
      createdBy: actor.memberId,
      ...columns,
    })
    await writeCredential(tx, { workspaceId: actor.workspaceId, connectionId: id }, 1, new Secret(token))
  })
  return { id, tokenId, token }
}

/** A connection's row as it stands. For tests. */
export async function rowOf(connectionId: string): Promise<Connection> {
  const [row] = await db().select().from(connections).where(eq(connections.id, connectionId))
  if (!row) throw new Error('no connection')
  return row
}

/** Has a connection checked, and runs the check as the worker would. Gives the check as it stands then. For tests. */
export async function checkAtOnce(of: { workspaceId: string; connectionId: string }) {
  await transaction(tx => requestConnectionCheck(tx, of))
  const newest = async () => {
    const rows = await db()
      .select()
      .from(checks)
      .where(eq(checks.connectionId, of.connectionId))
      .orderBy(sql`${checks.createdAt} desc`)
      .limit(1)
    const [row] = rows
    if (!row) throw new Error('no check')
    return row
  }
  await runCheck((await newest()).id)
  return newest()
}

/** Makes a position that is linked to a job through a connection. For tests. */
export async function linkedPosition(
  actor: MemberActor,
  connectionId: string,
  job: Partial<typeof jobs.$inferInsert> = {},
) {
  const { workspaceId, memberId } = actor
  const [positionId, jobId, linkId] = [newId(), newId(), newId()]
  const title = 'Customs Declarant'
  await db()
    .insert(positions)
    .values({ id: positionId, workspaceId, title, ownerId: memberId, search: title.toLowerCase() })
  await db()
    .insert(jobs)
    .values({
      id: jobId,
      workspaceId,
      connectionId,
      remoteId: jobId,
      remoteRef: 'ABC123',
      title,
      state: 'published',
      search: title.toLowerCase(),
      ...job,
    })
  await db()
    .insert(positionLinks)
    .values({ id: linkId, workspaceId, positionId, connectionId, jobId, createdBy: memberId })
  return { positionId, jobId, linkId }
}
