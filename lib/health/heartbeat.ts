import { randomUUID } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { processes } from '#lib/db/schema/index.ts'
import { log } from '#lib/log.ts'

const everyMs = 5_000

/** Writes, every five seconds, that this process is alive. Goes on while the database is gone. */
export function startHeartbeat(kind: 'web' | 'worker'): { stop: () => Promise<void> } {
  const id = randomUUID()
  const timer = setInterval(beat, everyMs)
  void beat()

  async function beat(): Promise<void> {
    try {
      await db()
        .insert(processes)
        .values({ id, kind })
        .onConflictDoUpdate({ target: processes.id, set: { seenAt: sql`now()` } })
      await db().delete(processes).where(lt(processes.seenAt, sql`now() - interval '1 day'`))
    } catch (error) {
      log.warn({ err: error }, 'heartbeat')
    }
  }

  async function stop(): Promise<void> {
    clearInterval(timer)
    await db()
      .delete(processes)
      .where(eq(processes.id, id))
      .catch(error => log.warn({ err: error }, 'heartbeat'))
  }

  return { stop }
}
