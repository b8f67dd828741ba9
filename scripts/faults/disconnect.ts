import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { listReceipts } from '#lib/connections/receipts.ts'
import { db } from '#lib/db/client.ts'
import { credentials, dataKeys, revocations } from '#lib/db/schema/index.ts'
import { provenAgo } from '#lib/members/testing.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { begin, type Connected, connected, expireAll } from './connected.ts'
import type { Fault, Seen, Stage } from './table.ts'
import { passSteps, passTime } from './time.ts'
import { deletedBy, withoutPace } from './verbs.ts'

const quarter = 15 * 60
const sevenDays = 7 * 24 * 3600

/** What keeps a revocation from being done at once, and for how long. */
const hindrances: Record<string, (stage: Stage, partner: Connected) => Promise<number>> = {
  'access token over': async (stage, { made }) => {
    await expireAll(stage, made)
    return 0
  },
  'access token over, revoked only while it lives': async (stage, { made }) => {
    await stage.sandbox.set({ revokeExpired: 'no_effect' })
    await expireAll(stage, made)
    return 0
  },
  'revoke 503 x 5': async ({ sandbox }, { made }) => {
    await sandbox.fault('/oauth/revoke', { kind: 'status', status: 503 }, 5 * made.length)
    return 5 * quarter
  },
  'down for two hours': async ({ sandbox }) => {
    await sandbox.fault('/**', { kind: 'drop' }, null)
    return 2 * 3600
  },
}

const inShort = ['access token over, revoked only while it lives', 'revoke 503 x 5']

/** F-14: disconnected while the access token is over, the server is down, or does not revoke. */
export const disconnect: Fault = {
  id: 'F-14',
  run: async (stage, size) => {
    const count = size === 'short' ? 2 : 25
    const lines: Seen[] = []
    for (const [name, hinder] of Object.entries(hindrances)) {
      if (size === 'short' && !inShort.includes(name)) continue
      lines.push(await revokedAfter(stage, count, name, hinder))
    }
    lines.push(await neverRevoked(stage, count))
    return lines
  },
}

async function revokedAfter(
  stage: Stage,
  count: number,
  name: string,
  hinder: (typeof hindrances)[string],
): Promise<Seen> {
  // A wait is over a moment after it was planned: one step more than the quarter.
  const step = count > 2 ? 60 : 300
  await begin(stage)
  const partner = await connected(stage, count)
  const outage = await hinder(stage, partner)
  const { slowest, usable } = await disconnectAll(partner)
  await revokeDue()
  await passSteps(outage, step, revokeDue)
  if (name.startsWith('down')) await stage.sandbox.heal()
  await passSteps(quarter + step, step, revokeDue)
  const living = await stage.sandbox.livingGrants(partner.app.clientId)
  const open = await waiting(partner)
  return {
    runs: count,
    asked: `${name}: disconnected within 1 s, unusable at once, all revoked within the outage and 15 min (scaled)`,
    seen: `${Math.round(slowest)} ms, ${usable} usable, ${living} grants alive, ${open} open`,
    holds: slowest <= 1_000 && usable === 0 && living === 0 && open === 0,
  }
}

async function neverRevoked(stage: Stage, count: number): Promise<Seen> {
  await begin(stage)
  const partner = await connected(stage, count)
  await stage.sandbox.fault('/**', { kind: 'drop' }, null)
  await disconnectAll(partner)
  await revokeDue()
  await passTime(sevenDays + 1)
  await revokeDue()
  const receipts = await listReceipts(partner.owner)
  const told = receipts.filter(({ state, waits }) => state === 'gave_up' && waits).length
  return {
    runs: count,
    asked:
      'down for seven days (scaled): the receipt says that it could not be revoked, and whose turn it is',
    seen: `${told} of ${count} say so`,
    holds: told === count,
  }
}

/** Deletes every connection; the slowest, and how many could still be used afterwards. */
async function disconnectAll({ owner, ids }: Connected): Promise<{ slowest: number; usable: number }> {
  const actor = await provenAgo(owner)
  let slowest = 0
  for (const connectionId of ids) {
    slowest = Math.max(slowest, (await deletedBy({ actor, connectionId })).milliseconds)
  }
  const kept = await db().$count(credentials, inArray(credentials.connectionId, ids))
  const keys = await db().$count(dataKeys, inArray(dataKeys.ownerId, ids))
  return { slowest, usable: Math.max(kept, keys) }
}

/** Does what the queue would do with the revocations whose moment has come. */
async function revokeDue(): Promise<void> {
  const due = await db()
    .select({ id: revocations.id })
    .from(revocations)
    .where(and(eq(revocations.state, 'waiting'), lte(revocations.nextTryAt, sql`now()`)))
  await withoutPace()
  for (const { id } of due) await revokeGrant(id)
}

const waiting = ({ ids }: Connected): Promise<number> =>
  db().$count(revocations, and(inArray(revocations.connectionId, ids), eq(revocations.state, 'waiting')))
