import { sqlClient } from '#lib/db/client.ts'
import { isMigrated } from '#lib/db/migrate.ts'
import { env } from '#lib/env.ts'
import { now } from '../clock.ts'
import { httpAnswers } from './http-answers.ts'
import { databaseAnswers } from './probe.ts'
import { isStopping } from './stopping.ts'

type Part = 'process' | 'database' | 'migrations' | 'worker' | 'sandbox'
/** What answers, and what does not, since when as far as this process has seen (ISO 8601). */
export type Readiness = { ready: boolean; parts: { part: Part; ok: boolean; since?: string }[] }

const aliveForSeconds = 20
// Next bundles this file more than once a process.
const kept = globalThis as typeof globalThis & { gangwayFailing?: Map<Part, Date> }

/** Asks everything that a person needs: the database with its migrations, a worker, and, where it is on, the sandbox. */
export async function checkReadiness(): Promise<Readiness> {
  const database = await databaseAnswers()
  const asked: [Part, boolean | Promise<boolean>][] = [
    ['process', !isStopping()],
    ['database', database],
    ['migrations', database && isMigrated(sqlClient()).catch(() => false)],
    ['worker', database && workerIsAlive().catch(() => false)],
  ]
  if (env().SANDBOX === 'on') asked.push(['sandbox', httpAnswers(env().SANDBOX_ORIGIN)])
  const parts = await Promise.all(asked.map(async ([part, ok]) => describe(part, await ok)))
  return { ready: parts.every(({ ok }) => ok), parts }
}

async function workerIsAlive(): Promise<boolean> {
  const rows = await sqlClient()`select 1 from processes
    where kind = 'worker' and seen_at > now() - make_interval(secs => ${aliveForSeconds}) limit 1`
  return rows.length > 0
}

function describe(part: Part, ok: boolean): Readiness['parts'][number] {
  kept.gangwayFailing ??= new Map()
  if (ok) {
    kept.gangwayFailing.delete(part)
    return { part, ok }
  }
  const since = kept.gangwayFailing.get(part) ?? now()
  kept.gangwayFailing.set(part, since)
  return { part, ok, since: since.toISOString() }
}
