import { PgBoss } from 'pg-boss'
import { type TaskName, taskNames, tasks } from './tasks.ts'

/** The schema of the queue's tables. */
export const queueSchema = 'queue'

const settings = (name: TaskName) => ({
  notify: true,
  retryLimit: tasks[name].retries,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: tasks[name].seconds,
  deleteAfterSeconds: 24 * 3600,
})

/** Brings the queue's tables in the database at `url` to what this program needs. Several processes may do it at once. */
export async function installQueue(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  const failures: unknown[] = []
  boss.on('error', error => failures.push(error))
  await boss.start()
  try {
    for (const name of taskNames) {
      // `short`: one task with the same key waits at a time; running ones do not count.
      await boss.createQueue(name, { policy: 'short', ...settings(name) })
      await boss.updateQueue(name, settings(name))
    }
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failures.length > 0) throw failures[0]
}
