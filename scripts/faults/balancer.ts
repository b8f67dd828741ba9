import http, { type IncomingMessage, type ServerResponse } from 'node:http'

/**
 * How a load balancer looks whether a server is ready: HAProxy's way where nothing is set
 * (https://docs.haproxy.org/3.0/configuration.html#5.2-inter, rise, fall), the slowest that `docs/operators.md` allows.
 */
const looks = { everyMs: 2_000, rise: 2, fall: 3 }

type Backend = { port: number; agent: http.Agent; ready: boolean; against: number }

/** What a load balancer has seen: how many requests, and what became of those that were not answered as they should be. */
export type Carried = { requests: number; wrong: string[] }

export type Balancer = Awaited<ReturnType<typeof startBalancer>>

/**
 * A load balancer in front of servers on this machine, by turns, over connections that it keeps. It tries nothing twice: a refused
 * or broken connection and each 5xx counts.
 */
export async function startBalancer() {
  const backends: Backend[] = []
  const carried: Carried = { requests: 0, wrong: [] }
  let turn = 0
  const looking = setInterval(() => {
    for (const backend of backends) void look(backend)
  }, looks.everyMs)

  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    carried.requests++
    const inUse = backends.filter(({ ready }) => ready)
    const backend = inUse[turn++ % inUse.length]
    if (backend) carry(request, response, backend, wrong => carried.wrong.push(wrong))
    else {
      carried.wrong.push('no server is ready')
      response.writeHead(503).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    origin: `http://localhost:${port}`,
    carried,
    add: (backendPort: number) =>
      backends.push({
        port: backendPort,
        agent: new http.Agent({ keepAlive: true }),
        ready: false,
        against: 0,
      }),
    inUse: () => backends.filter(({ ready }) => ready).length,
    stop: async () => {
      clearInterval(looking)
      for (const { agent } of backends) agent.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function look(backend: Backend): Promise<void> {
  const well = (await readinessOf(backend.port)) === 200
  backend.against = well === backend.ready ? 0 : backend.against + 1
  if (backend.against < (well ? looks.rise : looks.fall)) return
  backend.ready = well
  backend.against = 0
}

/** What a server says of its readiness; 0 where nobody answers within two seconds. */
export function readinessOf(port: number): Promise<number> {
  return new Promise(resolve => {
    const path = '/api/health/ready'
    const asked = http.get({ host: '127.0.0.1', port, path, agent: false, timeout: 2_000 }, answer => {
      answer.resume().on('close', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(0))
  })
}

function carry(
  request: IncomingMessage,
  response: ServerResponse,
  { port, agent }: Backend,
  isWrong: (what: string) => void,
): void {
  const { method, url: path } = request
  const headers = { ...request.headers, connection: 'keep-alive', 'x-forwarded-for': '192.0.2.7' }
  const onward = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, answer => {
    const status = answer.statusCode ?? 0
    if (status >= 500) isWrong(`${method} ${path}: ${status}`)
    const { connection: _, 'keep-alive': __, ...rest } = answer.headers
    response.writeHead(status, rest)
    answer.on('error', error => {
      isWrong(`${method} ${path}: broken off, ${error.message}`)
      response.destroy()
    })
    answer.pipe(response)
  })
  onward.on('error', (error: NodeJS.ErrnoException) => {
    isWrong(`${method} ${path}: ${error.code} (${onward.reusedSocket ? 'kept' : 'new'} connection)`)
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  request.pipe(onward)
}
