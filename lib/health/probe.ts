import postgres from 'postgres'
import { env } from '#lib/env.ts'

const freshForMs = 1_000
const patienceMs = 1_000

type Probe = { at: number; answer: Promise<boolean>; sql: postgres.Sql }

// One a process, however many bundles: its own connection, so that a pool in full use is not taken for an outage.
const kept = globalThis as typeof globalThis & { gangwayProbe?: Probe }

/** Whether the database answers within a second. Asked at most once a second, whatever the load. */
export function databaseAnswers(): Promise<boolean> {
  const known = kept.gangwayProbe
  if (known && performance.now() - known.at < freshForMs) return known.answer
  const sql = known?.sql ?? openProbe()
  const answer = ask(sql).then(outcome => {
    // A connection on which nothing comes back may never end by itself: the next try gets another.
    if (outcome === 'late') void replaceProbe(sql)
    return outcome === 'answered'
  })
  kept.gangwayProbe = { at: performance.now(), answer, sql }
  return answer
}

async function replaceProbe(sql: postgres.Sql): Promise<void> {
  if (kept.gangwayProbe?.sql === sql) kept.gangwayProbe.sql = openProbe()
  await sql.end({ timeout: 0 })
}

/** Closes the probe's connection. */
export async function closeProbe(): Promise<void> {
  const known = kept.gangwayProbe
  delete kept.gangwayProbe
  await known?.sql.end({ timeout: 1 })
}

const openProbe = () =>
  postgres(env().DATABASE_URL, {
    max: 1,
    connect_timeout: 1,
    backoff: false,
    max_lifetime: 600,
    onnotice: () => {},
    connection: { application_name: 'gangway probe', statement_timeout: patienceMs },
  })

async function ask(sql: postgres.Sql): Promise<'answered' | 'refused' | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(resolve, patienceMs, 'late')
  })
  const asked = sql`select 1`.then(
    () => 'answered' as const,
    () => 'refused' as const,
  )
  const outcome = await Promise.race([asked, late])
  clearTimeout(timer)
  return outcome
}
