import { databaseAnswers } from '#lib/health/probe.ts'
import { log } from '#lib/log.ts'
import { oldestAges } from './ages.ts'
import { metrics } from './registry.ts'

/** Everything that this process counts, in Prometheus' text format, with what the database alone knows asked now. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  const { registry, database, oldestTask, oldestCheck } = metrics()
  const ages = (await databaseAnswers()) ? await oldestAges().catch(noAges) : undefined
  database.set(ages ? 1 : 0)
  if (ages) {
    oldestTask.set(ages.task)
    oldestCheck.set(ages.check)
  } else {
    oldestTask.remove()
    oldestCheck.remove()
  }
  return { type: registry.contentType, text: await registry.metrics() }
}

function noAges(error: unknown): undefined {
  log.warn({ err: error }, 'metrics, ages')
}
