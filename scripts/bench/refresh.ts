import type { BenchApp } from './app.ts'
import { type Figure, interleaved, median } from './measure.ts'
import { type Processes, startProcesses } from './processes.ts'

const due = 1_000
const inFlight = 4
const thinksMs = 50
const mostRatio = 1.3
const mostTrips = 3
const mostRatioOfMany = 1.1
/** Enough to tell what each takes: the ceiling, and the same in a large table. */
const some = 300

/**
 * 1,000 connections that come due at once, an authorization server that thinks for 50 ms: beside bare requests, as many in flight, and
 * beside the same in a table of 10,000.
 */
export async function refreshFigures(app: BenchApp): Promise<Figure[]> {
  const few = await startProcesses(app, { name: 'bench_few', connections: due, count: 1 })
  const many = await startProcesses(app, { name: 'bench_many', connections: 10_000, count: 1 })
  app.yes.delay = thinksMs
  try {
    const trips: number[] = []
    const ask = () => timeOf(() => few.tell({ do: 'ask', port: app.yes.port, times: some }), some)
    const refresh = (processes: Processes, count: number) => async () => {
      await comeDue(processes, count)
      app.relay.take()
      app.yes.take()
      const each = await timeOf(() => processes.tell({ do: 'refresh-due' }), count)
      trips.push(app.relay.take() / count)
      const { requests } = app.yes.take()
      if (requests !== count) throw new Error(`${requests} token requests for ${count} connections`)
      return each
    }
    const measured = [ask, refresh(few, due), refresh(many, some)]
    const [ceiling = 0, ofFew = 0, ofMany = 0] = await interleaved(measured)
    return [times(ceiling, ofFew), costs(median(trips)), scale(ofFew, ofMany)]
  } finally {
    app.yes.delay = 0
    await few.stop()
    await many.stop()
  }
}

/** Milliseconds each, of so many. */
async function timeOf(work: () => Promise<unknown>, many: number): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / many
}

const comeDue = ({ sql }: Processes, count: number) => sql`update connections
  set refresh_due_at = now() - random() * interval '1 minute', access_expires_at = now(), refreshed_at = now() - interval '2 hours'
  where id in (select id from connections order by id limit ${count})`

const seconds = (each: number): string => `${((each * due) / 1000).toFixed(1)} s`

const times = (ceiling: number, figure: number): Figure => ({
  what: '1,000 refreshes due at once',
  ceiling: `${seconds(ceiling)} (bare requests, ${inFlight} in flight)`,
  figure: seconds(figure),
  ratio: (figure / ceiling).toFixed(2),
  bound: `${mostRatio}`,
  holds: figure / ceiling <= mostRatio,
})

const costs = (trips: number): Figure => ({
  what: 'a refresh: round trips',
  ceiling: '-',
  figure: trips.toFixed(2),
  ratio: '-',
  bound: `${mostTrips}`,
  holds: trips > 0 && trips <= mostTrips,
})

const scale = (few: number, many: number): Figure => ({
  what: 'a refresh in a table of 10,000 connections',
  ceiling: `${few.toFixed(1)} ms (in one of 1,000)`,
  figure: `${many.toFixed(1)} ms`,
  ratio: (many / few).toFixed(2),
  bound: `${mostRatioOfMany}`,
  holds: many / few <= mostRatioOfMany,
})
