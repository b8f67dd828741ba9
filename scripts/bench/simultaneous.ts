import type { BenchApp } from './app.ts'
import type { Figure } from './measure.ts'
import { type Processes, startProcesses } from './processes.ts'

const count = 4
const callers = 25
const thinksMs = 50
const times = 40
const mostMilliseconds = 250

/** 100 uses at once of one expired connection, in four processes: who of them waits longest after the new tokens were committed. */
export async function simultaneousFigures(app: BenchApp): Promise<Figure[]> {
  const processes = await startProcesses(app, { name: 'bench_uses', connections: times + 1, count })
  app.yes.delay = thinksMs
  try {
    const [warm, ...connections] = await ofAll(processes)
    await late(app, processes, warm ?? '')
    const seen: number[] = []
    for (const id of connections) seen.push(await late(app, processes, id))
    return [figureOf(seen)]
  } finally {
    app.yes.delay = 0
    await processes.stop()
  }
}

const ofAll = async ({ sql }: Processes): Promise<string[]> =>
  (await sql<{ id: string }[]>`select id from connections`).map(({ id }) => id)

/** Milliseconds from the commit to the last caller with good tokens. The row's moment is that of the statement that commits. */
async function late(app: BenchApp, { sql, tell }: Processes, id: string): Promise<number> {
  const [of] = await sql<{ workspaceId: string; connectionId: string }[]>`update connections
    set access_expires_at = now() - interval '1 minute', refresh_due_at = now(), refreshed_at = null where id = ${id}
    returning workspace_id as "workspaceId", id as "connectionId"`
  if (!of) throw new Error('no connection')
  app.yes.take()
  const last = Math.max(...(await tell({ do: 'use', of, callers })))
  const { requests } = app.yes.take()
  if (requests !== 1) throw new Error(`${requests} token requests for one connection`)
  const [row] = await sql<{ at: Date }[]>`select refreshed_at as at from connections where id = ${id}`
  return last - (row?.at.getTime() ?? 0)
}

function figureOf(seen: readonly number[]): Figure {
  const p95 = [...seen].sort((a, b) => a - b)[Math.ceil(seen.length * 0.95) - 1] ?? Number.NaN
  return {
    what: '100 uses at once of one expired connection, 4 processes: 1 token request, the last caller',
    ceiling: '-',
    figure: `${p95.toFixed(0)} ms after the commit (p95)`,
    ratio: '-',
    bound: `${mostMilliseconds} ms`,
    holds: p95 <= mostMilliseconds,
  }
}
