import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, gte, ne } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connections, deletionReceipts, refreshes } from '#lib/db/schema/index.ts'
import { log } from '#lib/log.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'
import { resumeApp } from '#lib/oauth/stop-app.ts'
import type { OAuthAppRow } from '#lib/partners/oauth-apps.ts'
import { type Tokens, writeTokens } from './credentials.ts'
import type { Lease } from './lease.ts'
import { noteTry } from './note-try.ts'
import { planned } from './plan-refresh.ts'

/** A new pair is held for so long while the database is away (F-05): the one before may be dead. */
const patienceMs = 5 * 60_000

/** What a refresh has brought, and how long it took. */
export type Brought = { app: OAuthAppRow; pair: Tokens; milliseconds: number }

/**
 * Keeps a new pair, before anybody may use it: compare and swap on the version. While the database is away it is tried again for
 * five minutes. Throws what the last try threw.
 */
export async function keepTokens(lease: Lease, brought: Brought): Promise<void> {
  const until = now().getTime() + patienceMs
  for (let tries = 1; ; tries++) {
    try {
      return await transaction(tx => keep(tx, lease, brought))
    } catch (error) {
      if (error instanceof SealError || now().getTime() > until) throw error
      log.warn({ err: error, tries }, 'a new pair of tokens waits to be kept')
      await sleep(Math.min(tries * 250, 2_000))
    }
  }
}

async function keep(tx: Tx, lease: Lease, { app, pair, milliseconds }: Brought): Promise<void> {
  const { of, version } = lease
  const won = await tx
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
    .returning({ id: connections.id })
  if (won.length === 0) return disown(tx, lease, pair)
  await writeTokens(tx, of, version + 1, pair)
  await noteTry(tx, lease, app.id, 'refreshed', milliseconds)
  if (app.state === 'stopped') await resumeApp(tx, app)
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
