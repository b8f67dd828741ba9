import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, gte, ne } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { connections, deletionReceipts, refreshes } from '#lib/db/schema/index.ts'
import { log } from '#lib/log.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'
import { resumeApp } from '#lib/oauth/stop-app.ts'
import { type KeptTokens, type Tokens, tokensWritten } from './credentials.ts'
import type { Lease } from './lease.ts'
import { countTry, tryNoted } from './note-try.ts'
import { planned } from './plan-refresh.ts'

/** A new pair is held for so long while the database is away (F-05): the one before may be dead. */
const patienceMs = 5 * 60_000

/** What a refresh has brought, and how long it took. */
export type Brought = { pair: Tokens; milliseconds: number }

/**
 * Keeps a new pair, before anybody may use it: compare and swap on the version. While the database is away it is tried again for
 * five minutes. Gives the pair as it is kept; undefined where the connection has another credential by now, or is gone. Throws what
 * the last try threw.
 */
export async function keepTokens(lease: Lease, brought: Brought): Promise<KeptTokens | undefined> {
  const until = now().getTime() + patienceMs
  for (let tries = 1; ; tries++) {
    try {
      if (await keep(lease, brought))
        return { ...brought.pair, generation: lease.version + 1, provenAt: null }
      await transaction(tx => disown(tx, lease, brought.pair))
      return undefined
    } catch (error) {
      if (error instanceof SealError || now().getTime() > until) throw error
      log.warn({ err: error, tries }, 'a new pair of tokens waits to be kept')
      await sleep(Math.min(tries * 250, 2_000))
    }
  }
}

/** One statement, so one commit; two only where the app was stopped and has to be said to work again. */
async function keep(lease: Lease, brought: Brought): Promise<boolean> {
  const { row: app } = lease.app
  if (app.state === 'working') return write(db(), lease, brought)
  return transaction(async tx => {
    const won = await write(tx, lease, brought)
    if (won) await resumeApp(tx, app)
    return won
  })
}

/** The row is won by its version, and with it the pair, the end of the lease and the note of the try are written. */
async function write(tx: Tx, lease: Lease, { pair, milliseconds }: Brought): Promise<boolean> {
  const { of, version, tokens, app } = lease
  const won = tx.$with('won').as(
    tx
      .update(connections)
      .set({ version: version + 1, ...planned(pair.accessExpiresAt) })
      .where(
        and(
          eq(connections.id, of.connectionId),
          eq(connections.version, version),
          eq(connections.way, 'oauth'),
          ne(connections.status, 'deleted'),
        ),
      )
      .returning({ id: connections.id }),
  )
  const { written, dropped } = tokensWritten({ ...of, key: tokens[0]?.key ?? null }, version + 1, pair)
  const noted = tryNoted(lease, app.row.id, milliseconds)
  const rows = await tx
    .with(
      won,
      tx.$with('written', {}).as(written),
      tx.$with('dropped', {}).as(dropped),
      tx.$with('noted', {}).as(noted),
    )
    .select()
    .from(won)
  if (rows.length > 0) countTry('refreshed')
  return rows.length > 0
}

/** Nobody waits for this pair any more. Deleted or given another credential meanwhile, its grant must not live on. */
async function disown(tx: Tx, { of, connection, takenAt }: Lease, pair: Tokens): Promise<void> {
  const { connectionId, workspaceId } = of
  const others = await tx.$count(
    refreshes,
    and(
      eq(refreshes.connectionId, connectionId),
      eq(refreshes.outcome, 'refreshed'),
      gte(refreshes.at, takenAt),
    ),
  )
  // Another process refreshed the same grant: revoking ours could take its pair with it.
  if (others > 0 || !connection.oauthAppId) return
  const [row] = await tx
    .select({ status: connections.status })
    .from(connections)
    .where(eq(connections.id, connectionId))
  const deleted = row?.status === 'deleted'
  const { connector, environment, oauthAppId: appId } = connection
  const reason = deleted ? 'deleted' : 'replaced'
  const revocationId = await revokeLater(
    tx,
    { workspaceId, connectionId, appId, connector, environment, reason },
    pair,
  )
  // The pair that was handed over by the deletion may be the dead one: the receipt waits for this one.
  if (deleted)
    await tx
      .update(deletionReceipts)
      .set({ revocationId })
      .where(eq(deletionReceipts.connectionId, connectionId))
}
