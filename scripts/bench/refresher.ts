import http from 'node:http'
import type { Wished } from './processes.ts'

/** A process that refreshes and uses connections as told by its parent, one thing at a time. */
process.on('message', (wish: Wished) => {
  void done(wish).then(answer => process.send?.(answer))
})

async function done(wish: Wished): Promise<unknown> {
  if (wish.do === 'start') return 'ready'
  if (wish.do === 'ask') return ask(wish.port, wish.times)
  if (wish.do === 'use') return use(wish)
  const { refreshDue } = await import('../../lib/connections/refresh-due.ts')
  return refreshDue()
}

const inFlight = 4

/** The ceiling: so many bare requests, as many at a time as a process may have. */
async function ask(port: number, times: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight })
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const request = http.request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/oauth/token' })
      request.on('response', response => response.resume().on('end', resolve)).on('error', reject)
      request.end('grant_type=refresh_token')
    })
  await Promise.all(Array.from({ length: times }, once))
  agent.destroy()
  return times
}

/** So many callers at once, each with the tokens that were there before; gives the moment at which the last had good ones. */
async function use({ of, callers }: Extract<Wished, { do: 'use' }>): Promise<number> {
  const { readTokens } = await import('../../lib/connections/credentials.ts')
  const { tokenApi } = await import('../../lib/connections/token-api.ts')
  const { connectorById } = await import('../../lib/connectors/registry.ts')
  const { db } = await import('../../lib/db/client.ts')
  const [tokens] = await readTokens(db(), of)
  if (!tokens) throw new Error('no tokens')
  let last = 0
  const request = async () => {
    last = Date.now()
    return { status: 200, headers: {}, json: {} }
  }
  const api = { origin: '', request, follow: request, rate: () => undefined }
  const caller = () =>
    tokenApi({ of, tokens, connector: connectorById('workable'), statuses: ['active'], make: () => api })
  await Promise.all(Array.from({ length: callers }, () => caller().request({ path: '/jobs' })))
  return last
}
