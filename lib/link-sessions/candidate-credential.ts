import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Tokens } from '#lib/connections/credentials.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { SealError } from '#lib/crypto/seal.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { insertWhere } from '#lib/db/insert-where.ts'
import { candidateCredentials, oauthApps } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { newSealer, openFor, sealFor } from '#lib/keys/seal-for.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'

/** The only reader and writer of candidate credentials: what was typed or granted and is not accepted yet. One hour, never shown. */

/** So many a run: the task comes every minute. */
const aRun = 500

type Row = typeof candidateCredentials.$inferSelect
type Column = 'api_key' | 'access_token' | 'refresh_token'

const owner = (workspaceId: string, id: string) => ({
  workspaceId,
  kind: 'candidate_credential' as const,
  id,
})
const place = (column: Column, id: string, generation: number) => ({
  table: 'candidate_credentials',
  column,
  rowId: id,
  generation,
})

/** One hour from now. */
const endsIn = sql`now() + interval '1 hour'`

/** Seals a key for a link session, in place of the one before. Gives the generation that a check must name. */
export async function keepCandidate(
  tx: Tx,
  walk: { id: string; workspaceId: string },
  key: Secret,
  lastFour: string,
): Promise<number> {
  const before = await shredCandidate(tx, walk.id)
  const row = { id: newId(), workspaceId: walk.workspaceId, linkSessionId: walk.id, generation: before + 1 }
  const apiKey = await sealFor(
    tx,
    owner(walk.workspaceId, row.id),
    place('api_key', row.id, row.generation),
    key,
  )
  await tx.insert(candidateCredentials).values({ ...row, apiKey, lastFour, expiresAt: endsIn })
  return row.generation
}

/**
 * Seals what was granted in a link session by an app as its candidate credential of that generation, as parts of the statement that
 * has the walk go on in its part `won`: that must have no row where `retired` has one. A candidate that is there already fails the
 * whole statement.
 */
export function grantKept(
  walk: { id: string; workspaceId: string },
  generation: number,
  grant: Tokens & { appId: string },
): { retired: SQL; made: SQL; kept: SQL } {
  const row = { id: newId(), workspaceId: walk.workspaceId, linkSessionId: walk.id, generation }
  const { seal, retired, made } = newSealer(owner(row.workspaceId, row.id))
  const sealed = (column: Column, token: Secret) => seal(place(column, row.id, generation), token)
  const kept = insertWhere('won', candidateCredentials, {
    ...row,
    accessToken: sealed('access_token', grant.access),
    refreshToken: grant.refresh ? sealed('refresh_token', grant.refresh) : null,
    accessExpiresAt: grant.accessExpiresAt,
    oauthAppId: grant.appId,
    lastFour: '',
    expiresAt: endsIn,
  })
  return { retired, made, kept }
}

export type Candidate = {
  generation: number
  lastFour: string
  /** What stands on a request: the key, or the access token. */
  key: Secret
  /** Of a grant: the whole pair, the app, and the accounts that it reaches once they were listed. */
  grant?: Tokens & { appId: string; accounts: RemoteAccount[] | null }
}

/** Opens the candidate credential of a link session. Undefined when there is none, or when its hour is over. */
export async function openCandidate(
  tx: Tx,
  walk: { id: string; workspaceId: string },
): Promise<Candidate | undefined> {
  const [row] = await tx
    .select()
    .from(candidateCredentials)
    .where(
      and(
        eq(candidateCredentials.linkSessionId, walk.id),
        eq(candidateCredentials.workspaceId, walk.workspaceId),
        sql`${candidateCredentials.expiresAt} > now()`,
      ),
    )
  if (!row) return undefined
  const { generation, lastFour } = row
  const grant = await grantIn(tx, row)
  if (grant)
    return { generation, lastFour, key: grant.access, grant: { ...grant, accounts: row.accounts ?? null } }
  return { generation, lastFour, key: await open(tx, row, 'api_key', row.apiKey) }
}

const open = (tx: Tx, row: Row, column: Column, sealed: string | null): Promise<Secret> =>
  openFor(tx, owner(row.workspaceId, row.id), place(column, row.id, row.generation), sealed ?? '')

async function grantIn(tx: Tx, row: Row): Promise<(Tokens & { appId: string }) | undefined> {
  if (!row.accessToken || !row.oauthAppId) return undefined
  return {
    appId: row.oauthAppId,
    access: await open(tx, row, 'access_token', row.accessToken),
    refresh: row.refreshToken ? await open(tx, row, 'refresh_token', row.refreshToken) : undefined,
    accessExpiresAt: row.accessExpiresAt ?? new Date(0),
  }
}

/** Notes the accounts that the grant of that generation reaches, as the ATS listed them; nothing once another is in its place. */
export async function keepAccounts(
  tx: Tx,
  walk: { id: string; workspaceId: string; generation: number },
  accounts: RemoteAccount[],
): Promise<void> {
  await tx
    .update(candidateCredentials)
    .set({ accounts })
    .where(
      and(
        eq(candidateCredentials.linkSessionId, walk.id),
        eq(candidateCredentials.workspaceId, walk.workspaceId),
        eq(candidateCredentials.generation, walk.generation),
      ),
    )
}

/**
 * Destroys a link session's candidate credential and its data key; a grant is handed over to be revoked first, unless a connection
 * has `accepted` it. Gives the generation that it had, 0 for none.
 */
export async function shredCandidate(tx: Tx, linkSessionId: string, accepted = false): Promise<number> {
  const [row] = await tx
    .select()
    .from(candidateCredentials)
    .where(eq(candidateCredentials.linkSessionId, linkSessionId))
    .for('update')
  if (!row) return 0
  await shred(tx, row, accepted)
  return row.generation
}

async function shred(tx: Tx, row: Row, accepted: boolean): Promise<void> {
  if (!accepted) await handOver(tx, row)
  await tx.delete(candidateCredentials).where(eq(candidateCredentials.id, row.id))
  await shredDataKey(tx, owner(row.workspaceId, row.id))
}

async function handOver(tx: Tx, row: Row): Promise<void> {
  // What cannot be opened cannot be revoked either; it is dead by its key.
  const grant = await grantIn(tx, row).catch(error => {
    if (error instanceof SealError) return undefined
    throw error
  })
  if (!grant) return
  // The app's own: the walk may have been led to another ATS meanwhile.
  const [app] = await tx
    .select({ connector: oauthApps.connector, environment: oauthApps.environment })
    .from(oauthApps)
    .where(eq(oauthApps.id, grant.appId))
  if (!app) return
  const of = { workspaceId: row.workspaceId, appId: grant.appId, linkSessionId: row.linkSessionId }
  await revokeLater(tx, { ...of, ...app, reason: 'unconfirmed' }, grant)
}

/** Destroys those whose hour is over. Gives how many; called every minute by a task. */
export async function shredExpiredCandidates(): Promise<number> {
  return transaction(async tx => {
    const over = await tx
      .select()
      .from(candidateCredentials)
      .where(lte(candidateCredentials.expiresAt, sql`now()`))
      .limit(aRun)
      .for('update', { skipLocked: true })
    for (const row of over) await shred(tx, row, false)
    return over.length
  })
}
