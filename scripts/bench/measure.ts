import http from 'node:http'

const rounds = 5

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * Runs each measurement once a round, five rounds, in turns: what else the machine does hits all of them alike. Gives the
 * median of each, in the order they came.
 */
export async function interleaved(
  measurements: readonly (() => Promise<number> | number)[],
): Promise<number[]> {
  const seen = measurements.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [at, measure] of measurements.entries()) seen[at]?.push(await measure())
  }
  return seen.map(median)
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

export type Asked = { status: number; body: string; milliseconds: number }

/** One GET, read to its end, over the one connection unless told. Milliseconds from sending to the last byte. */
export const get = (url: string, cookie: string, over = agent): Promise<Asked> =>
  ask(url, cookie, undefined, over)

/** One form sent, as a browser does. */
export const post = (url: string, cookie: string, fields: Record<string, string>): Promise<Asked> =>
  ask(url, cookie, new URLSearchParams(fields).toString())

function ask(url: string, cookie: string, form?: string, over = agent): Promise<Asked> {
  const started = performance.now()
  const sent = {
    origin: new URL(url).origin,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form ?? ''),
  }
  const headers = { cookie, accept: 'text/html', ...(form === undefined ? {} : sent) }
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: over, method: form === undefined ? 'GET' : 'POST', headers })
    request.on('response', response => {
      const parts: Buffer[] = []
      response.on('error', reject)
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString('utf8'),
          milliseconds: performance.now() - started,
        }),
      )
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server has closed a connection that lay idle while we seeded: asked again over a new one.
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(ask(url, cookie, form, over))
      else reject(error)
    })
    request.end(form)
  })
}

/** The median time of a page over `times` requests in a row, in milliseconds. Throws when it is not a 200. */
export async function timeOf(url: string, cookie: string, times = 30): Promise<number> {
  const all: number[] = []
  for (let i = 0; i < times; i++) {
    const { status, milliseconds } = await get(url, cookie)
    if (status !== 200) throw new Error(`${url} answered ${status}`)
    all.push(milliseconds)
  }
  return median(all)
}

export type Figure = {
  what: string
  /** What this machine can do at best, measured in the same run. */
  ceiling: string
  figure: string
  ratio: string
  bound: string
  holds: boolean
}

type Page = { url: string; cookie: string }

/** Two pages in turns: the first is the ceiling, the second may take `bound` times as long. Both are warm. */
export async function comparedPages(
  pages: readonly Page[],
  said: { what: string; beside: string; bound: number },
): Promise<Figure> {
  for (const { url, cookie } of pages) await timeOf(url, cookie, 20)
  const [ceiling = 0, figure = 0] = await interleaved(
    pages.map(
      ({ url, cookie }) =>
        () =>
          timeOf(url, cookie),
    ),
  )
  const ratio = figure / ceiling
  return {
    what: said.what,
    ceiling: `${ceiling.toFixed(1)} ms (${said.beside})`,
    figure: `${figure.toFixed(1)} ms`,
    ratio: ratio.toFixed(2),
    bound: `${said.bound}`,
    holds: ratio <= said.bound,
  }
}

/** Prints the figures as a table; gives whether all of them hold. */
export function printFigures(figures: readonly Figure[]): boolean {
  const head: Record<keyof Figure, string> = {
    what: 'what',
    ceiling: 'ceiling',
    figure: 'figure',
    ratio: 'ratio',
    bound: 'bound',
    holds: 'holds',
  }
  const columns = Object.keys(head) as (keyof Figure)[]
  const rows = [head, ...figures.map(each => ({ ...each, holds: each.holds ? 'yes' : 'NO' }))]
  const widths = columns.map(column => Math.max(...rows.map(row => String(row[column]).length)))
  for (const row of rows) {
    const line = columns.map((column, at) => String(row[column]).padEnd(widths[at] ?? 0)).join('  ')
    process.stdout.write(`${line.trimEnd()}\n`)
  }
  return figures.every(figure => figure.holds)
}
