import { databaseAnswers } from '#lib/health/probe.ts'
import { log } from '#lib/log.ts'
import { oldestAges } from './ages.ts'
import { metrics } from './registry.ts'

/** Everything that this process counts, in Prometheus' text format, with what the database alone knows asked now. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  const { registry, database, oldestTask, oldestCheck, oldestRefresh, refreshesDue, unserved } = metrics()
  const ages = (await databaseAnswers()) ? await oldestAges().catch(noAges) : undefined
  database.set(ages ? 1 : 0)
  const asked = [
    [oldestTask, ages?.task],
    [oldestCheck, ages?.check],
    [oldestRefresh, ages?.refresh],
    [refreshesDue, ages?.due],
    [unserved, ages?.overdue],
  ] as const
  for (const [gauge, value] of asked) {
    if (value === undefined) gauge.remove()
    else gauge.set(value)
  }
  return { type: registry.contentType, text: await registry.metrics() }
}

function noAges(error: unknown): undefined {
  log.warn({ err: error }, 'metrics, ages')
}
