import { databaseAnswers } from '#lib/health/probe.ts'
import { log } from '#lib/log.ts'
import { oldestAges } from './ages.ts'
import { metrics } from './registry.ts'

/** Everything that this process counts, in Prometheus' text format, with what the database alone knows asked now. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  const { registry, database, ...gauges } = metrics()
  const ages = (await databaseAnswers()) ? await oldestAges().catch(noAges) : undefined
  database.set(ages ? 1 : 0)
  const asked = [
    [gauges.oldestTask, ages?.task],
    [gauges.oldestCheck, ages?.check],
    [gauges.oldestRefresh, ages?.refresh],
    [gauges.refreshesDue, ages?.due],
    [gauges.unserved, ages?.overdue],
    [gauges.stoppedApps, ages?.stopped],
    [gauges.oldestRevocation, ages?.revocation],
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
