import { type Job, PgBoss } from 'pg-boss'
import { log, withLogFields } from '#lib/log.ts'
import { metrics } from '#lib/metrics/registry.ts'
import { queueSchema } from './install.ts'
import { type Payload, type TaskName, taskNames, tasks, turnsOf } from './tasks.ts'

/** The verb behind each task. It may run twice: a verb that was done already finds nothing left to do. */
export type Verbs = { [N in TaskName]: (payload: Payload<N>) => Promise<void> }

/** Works on every task until `stop` is called, which waits for running ones up to `patienceMs`. Survives a database that is gone. */
export async function startWorking(
  url: string,
  verbs: Verbs,
): Promise<{ stop: (patienceMs: number) => Promise<void> }> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    max: 4,
    migrate: false,
    useListenNotify: true,
    registerInstance: false,
    connectionTimeoutMillis: 5_000,
  })
  boss.on('error', error => log.warn({ err: error }, 'queue'))
  boss.on('warning', warning => log.warn({ warning: warning.message }, 'queue'))
  await boss.start({ attempts: Number.MAX_SAFE_INTEGER })
  for (const name of taskNames) await workOn(boss, name, verbs)
  for (const name of taskNames) await scheduleTurns(boss, name)
  return { stop: patienceMs => boss.stop({ timeout: patienceMs }) }
}

async function workOn<N extends TaskName>(boss: PgBoss, name: N, verbs: Verbs): Promise<void> {
  const verb: (payload: Payload<N>) => Promise<void> = verbs[name]
  // A new task wakes us at once; one that was to start later, or again, is found by looking.
  const looking = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 }
  const options = { ...looking, localConcurrency: turnsOf(name) ? 1 : 3 }
  await boss.work(name, options, async ([job]: Job[]) => {
    if (!job) return
    await withLogFields({ task: name, id: job.id }, () => attempt(name, verb, job.data))
  })
}

async function attempt<N extends TaskName>(
  name: N,
  verb: (payload: Payload<N>) => Promise<void>,
  data: unknown,
): Promise<void> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  try {
    await verb(tasks[name].payload.parse(data ?? {}) as Payload<N>)
    metrics().tasks.observe({ task: name, outcome: 'done' }, seconds())
    log.debug({ ms: Math.round(seconds() * 1000) }, 'task done')
  } catch (error) {
    metrics().tasks.observe({ task: name, outcome: 'failed' }, seconds())
    log.error({ err: error }, 'task failed')
    // What is kept with the task names no detail: an error of a driver carries the parameters of its query.
    throw new Error(`${name} failed`)
  }
}

async function scheduleTurns(boss: PgBoss, name: TaskName): Promise<void> {
  const turns = turnsOf(name)
  if (turns) await boss.schedule(name, turns, {}, { singletonKey: name })
}
