import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { besideDb, type Tx } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { queueSchema } from './install.ts'
import { type Payload, type TaskName, tasks } from './tasks.ts'

// Next bundles this file more than once a process: one sender a process.
const kept = globalThis as typeof globalThis & { gangwaySender?: Promise<PgBoss> | undefined }

/**
 * Puts a task into the queue within `tx`: it exists when the transaction commits, and only then. `startAfter` is the earliest
 * moment. `singletonKey` says which tasks are the same: while one waits, another is not added; the payload unless told.
 */
export async function sendTask<N extends TaskName>(
  tx: Tx,
  name: N,
  payload: Payload<N>,
  options: { startAfter?: Date; singletonKey?: string } = {},
): Promise<void> {
  const data = tasks[name].payload.parse(payload)
  const boss = await sender()
  await boss.send(name, data, {
    ...options,
    singletonKey: options.singletonKey ?? JSON.stringify(data),
    db: fromDrizzle(tx, sql),
  })
}

/** Lets go of what sending keeps; the process may end afterwards. */
export async function closeQueue(): Promise<void> {
  const boss = await kept.gangwaySender?.catch(() => undefined)
  kept.gangwaySender = undefined
  await boss?.stop({ graceful: false })
}

function sender(): Promise<PgBoss> {
  kept.gangwaySender ??= startSender().catch(error => {
    kept.gangwaySender = undefined // the database may be back at the next try
    throw error
  })
  return kept.gangwaySender
}

// It only reads the list of queues, and may do so while the transaction of whoever sends is open.
async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    db: fromDrizzle(besideDb(), sql),
    schema: queueSchema,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  boss.on('error', error => log.warn({ err: error }, 'queue, sending'))
  return boss.start()
}
