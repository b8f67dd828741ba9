import { and, desc, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { credentials } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of connections' credentials. A row a generation; the newest one counts. */

export type Owned = { workspaceId: string; connectionId: string }

/** What a grant consists of; a server may give no refresh token. */
export type Tokens = { access: Secret; refresh: Secret | undefined; accessExpiresAt: Date }

/** A generation of a connection's tokens as it is kept. */
export type KeptTokens = Tokens & { generation: number; provenAt: Date | null }

const owner = (of: Owned) => ({
  workspaceId: of.workspaceId,
  kind: 'connection' as const,
  id: of.connectionId,
})
const place = (column: 'api_key' | 'access_token' | 'refresh_token', rowId: string, generation: number) => ({
  table: 'credentials',
  column,
  rowId,
  generation,
})
const ofIts = (of: Owned) =>
  and(eq(credentials.workspaceId, of.workspaceId), eq(credentials.connectionId, of.connectionId))

/** Seals a key as the connection's credential of that generation and drops the ones before. */
export async function writeCredential(tx: Tx, of: Owned, generation: number, key: Secret): Promise<void> {
  const id = newId()
  const apiKey = await sealFor(tx, owner(of), place('api_key', id, generation), key)
  await tx.insert(credentials).values({ id, ...of, generation, apiKey })
  await tx.delete(credentials).where(and(ofIts(of), ne(credentials.id, id)))
}

/**
 * Seals a pair of tokens as the connection's credential of that generation. The generation before stays until `proveTokens`: a
 * server that answered and whose answer was lost may still take the one before.
 */
export async function writeTokens(tx: Tx, of: Owned, generation: number, pair: Tokens): Promise<void> {
  const id = newId()
  const sealed = (column: 'access_token' | 'refresh_token', token: Secret) =>
    sealFor(tx, owner(of), place(column, id, generation), token)
  const [accessToken, refreshToken] = await Promise.all([
    sealed('access_token', pair.access),
    pair.refresh ? sealed('refresh_token', pair.refresh) : null,
  ])
  const { accessExpiresAt } = pair
  await tx.insert(credentials).values({ id, ...of, generation, accessToken, refreshToken, accessExpiresAt })
  await tx.delete(credentials).where(and(ofIts(of), lt(credentials.generation, generation - 1)))
}

/** The access token of that generation has worked: older ones are needed no more. Twice is once. */
export async function proveTokens(tx: Tx, of: Owned, generation: number): Promise<void> {
  await tx
    .update(credentials)
    .set({ provenAt: sql`now()` })
    .where(and(ofIts(of), eq(credentials.generation, generation), isNull(credentials.provenAt)))
  await tx.delete(credentials).where(and(ofIts(of), lt(credentials.generation, generation)))
}

/**
 * Opens the credential that counts: what stands on a request, key or access token. Throws `SealError` when it cannot be read,
 * `not_found` when there is none.
 */
export async function readCredential(tx: Tx, of: Owned): Promise<Secret> {
  const [row] = await newest(tx, of, 1)
  if (!row) throw new GangwayError('not_found', 'connection has no credential')
  return row.apiKey
    ? openFor(tx, owner(of), place('api_key', row.id, row.generation), row.apiKey)
    : (await opened(tx, of, row)).access
}

/** The tokens of a connection by OAuth, the newest generation first, two at most. Throws `SealError`; none gives an empty list. */
export async function readTokens(tx: Tx, of: Owned): Promise<KeptTokens[]> {
  const rows = (await newest(tx, of, 2)).filter(row => row.accessToken !== null)
  return Promise.all(rows.map(row => opened(tx, of, row)))
}

/** Destroys a connection's data key and its credentials: from the transaction's end on nobody can open them. */
export async function shredCredentials(tx: Tx, of: Owned): Promise<void> {
  await shredDataKey(tx, owner(of))
  await tx.delete(credentials).where(ofIts(of))
}

type Row = typeof credentials.$inferSelect

const newest = (tx: Tx, of: Owned, most: number): Promise<Row[]> =>
  tx.select().from(credentials).where(ofIts(of)).orderBy(desc(credentials.generation)).limit(most)

async function opened(tx: Tx, of: Owned, row: Row): Promise<KeptTokens> {
  const open = (column: 'access_token' | 'refresh_token', sealed: string) =>
    openFor(tx, owner(of), place(column, row.id, row.generation), sealed)
  const [access, refresh] = await Promise.all([
    open('access_token', row.accessToken ?? ''),
    row.refreshToken ? open('refresh_token', row.refreshToken) : undefined,
  ])
  return {
    generation: row.generation,
    access,
    refresh,
    accessExpiresAt: row.accessExpiresAt ?? new Date(0),
    provenAt: row.provenAt,
  }
}
