import { closeDatabase } from '#lib/db/client.ts'
import { env, exitOnMistakes } from '#lib/env.ts'
import { startHeartbeat } from '#lib/health/heartbeat.ts'
import { log } from '#lib/log.ts'
import { closeQueue } from '#lib/queue/send.ts'
import { startWorking, type Verbs } from '#lib/queue/work.ts'

exitOnMistakes()
log.level = env().LOG_LEVEL

/** The one table task → verb: a queue that knew verbs would be a cycle. */
const verbs: Verbs = {
  'check-credential': async () => {},
  'check-connection': async () => {},
  'fetch-jobs': async () => {},
  sweep: async () => {},
  'daily-checks': async () => {},
}

const heartbeat = startHeartbeat('worker')
const working = startWorking(env().DATABASE_URL, verbs)
void working.then(() => log.info('worker started'))

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  // A database that is gone must not keep the process: what was running is tried again by the next worker.
  setTimeout(() => process.exit(0), 4_000).unref()
  await (await working).stop(3_000)
  await heartbeat.stop()
  await closeQueue()
  await closeDatabase()
  log.info('worker stopped')
  process.exit(0)
}
