import { and, desc, eq, ne } from 'drizzle-orm'
import type { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { credentials } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of connections' credentials. A row a generation; the newest one counts. */

type Owned = { workspaceId: string; connectionId: string }

const owner = (of: Owned) => ({
  workspaceId: of.workspaceId,
  kind: 'connection' as const,
  id: of.connectionId,
})
const place = (rowId: string, generation: number) => ({
  table: 'credentials',
  column: 'api_key',
  rowId,
  generation,
})

/** Seals a key as the connection's credential of that generation and drops the ones before. */
export async function writeCredential(tx: Tx, of: Owned, generation: number, key: Secret): Promise<void> {
  const id = newId()
  const apiKey = await sealFor(tx, owner(of), place(id, generation), key)
  await tx.insert(credentials).values({ id, ...of, generation, apiKey })
  await tx
    .delete(credentials)
    .where(and(eq(credentials.connectionId, of.connectionId), ne(credentials.id, id)))
}

/** Opens the credential that counts. Throws `SealError` when it cannot be read, `not_found` when there is none. */
export async function readCredential(tx: Tx, of: Owned): Promise<Secret> {
  const [row] = await tx
    .select()
    .from(credentials)
    .where(and(eq(credentials.workspaceId, of.workspaceId), eq(credentials.connectionId, of.connectionId)))
    .orderBy(desc(credentials.generation))
    .limit(1)
  if (!row) throw new GangwayError('not_found', 'connection has no credential')
  return openFor(tx, owner(of), place(row.id, row.generation), row.apiKey)
}

/** Destroys a connection's data key and its credentials: from the transaction's end on nobody can open them. */
export async function shredCredentials(tx: Tx, of: Owned): Promise<void> {
  await shredDataKey(tx, owner(of))
  await tx
    .delete(credentials)
    .where(and(eq(credentials.workspaceId, of.workspaceId), eq(credentials.connectionId, of.connectionId)))
}
