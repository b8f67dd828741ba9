import { and, type Column, desc, eq, isNull, lt, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { insertWhere } from '#lib/db/insert-where.ts'
import { credentials, dataKeys } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { type Sealer, sealerBy, sealerFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of connections' credentials. A row a generation; the newest one counts. */

export type Owned = { workspaceId: string; connectionId: string }

/** What a grant consists of; a server may give no refresh token. */
export type Tokens = { access: Secret; refresh: Secret | undefined; accessExpiresAt: Date }

/** A generation of a connection's tokens as it is kept. */
export type KeptTokens = Tokens & { generation: number; provenAt: Date | null }

/** A generation as it lies in the table, with the data key that opens it. */
export type SealedTokens = {
  credential: typeof credentials.$inferSelect
  key: typeof dataKeys.$inferSelect | null
}

/** The data key of a connection, for a query that reads its credentials. */
export const isKeyOf = (connectionId: Column | SQLWrapper) =>
  and(eq(dataKeys.ownerKind, 'connection'), eq(dataKeys.ownerId, connectionId))

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
  const row = sealedPair(await sealerFor(tx, owner(of)), of, generation, pair)
  await tx.insert(credentials).values(row)
  await tx.delete(credentials).where(and(ofIts(of), lt(credentials.generation, generation - 1)))
}

/**
 * What `writeTokens` does, as parts of the statement that wins the connection's row in its part `won`. `key` is the data key as it
 * was read with the lease. Throws `SealError`.
 */
export function tokensWritten(
  { key, ...of }: Owned & Pick<SealedTokens, 'key'>,
  generation: number,
  pair: Tokens,
): { written: SQL; dropped: SQL } {
  const row = sealedPair(sealerBy(owner(of), key), of, generation, pair)
  return {
    written: insertWhere('won', credentials, row),
    dropped: sql`delete from ${credentials} using won
      where ${ofIts(of)} and ${lt(credentials.generation, generation - 1)}`,
  }
}

function sealedPair(sealer: Sealer, of: Owned, generation: number, pair: Tokens) {
  const id = newId()
  const sealed = (column: 'access_token' | 'refresh_token', token: Secret) =>
    sealer.seal(place(column, id, generation), token)
  return {
    id,
    ...of,
    generation,
    accessToken: sealed('access_token', pair.access),
    refreshToken: pair.refresh ? sealed('refresh_token', pair.refresh) : null,
    accessExpiresAt: pair.accessExpiresAt,
  }
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
  const { id, generation, apiKey } = row.credential
  return apiKey
    ? sealerBy(owner(of), row.key).open(place('api_key', id, generation), apiKey)
    : opened(of, row).access
}

/** The tokens of a connection by OAuth, the newest generation first, two at most. Throws `SealError`; none gives an empty list. */
export const readTokens = async (tx: Tx, of: Owned): Promise<KeptTokens[]> =>
  openTokens(of, await newest(tx, of, 2))

/** As `readTokens`, of rows that were read with something else. */
export const openTokens = (of: Owned, rows: readonly SealedTokens[]): KeptTokens[] =>
  rows.filter(({ credential }) => credential.accessToken !== null).map(row => opened(of, row))

/** Destroys a connection's data key and its credentials: from the transaction's end on nobody can open them. */
export async function shredCredentials(tx: Tx, of: Owned): Promise<void> {
  await shredDataKey(tx, owner(of))
  await tx.delete(credentials).where(ofIts(of))
}

const newest = (tx: Tx, of: Owned, most: number): Promise<SealedTokens[]> =>
  tx
    .select({ credential: credentials, key: dataKeys })
    .from(credentials)
    .leftJoin(dataKeys, isKeyOf(credentials.connectionId))
    .where(ofIts(of))
    .orderBy(desc(credentials.generation))
    .limit(most)

function opened(of: Owned, { credential, key }: SealedTokens): KeptTokens {
  const { id, generation, accessToken, refreshToken, accessExpiresAt, provenAt } = credential
  const sealer = sealerBy(owner(of), key)
  const open = (column: 'access_token' | 'refresh_token', sealed: string) =>
    sealer.open(place(column, id, generation), sealed)
  return {
    generation,
    access: open('access_token', accessToken ?? ''),
    refresh: refreshToken ? open('refresh_token', refreshToken) : undefined,
    accessExpiresAt: accessExpiresAt ?? new Date(0),
    provenAt,
  }
}
