import { Agent, get, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markStopping } from '#lib/health/stopping.ts'
import { leave } from './leave.ts'
import { createDoor } from './serve.ts'

// One story, told in order: a process is told to end once.

let server: Server
let port = 0
let gone: Promise<void>
let letGo = () => {}
const agents: Agent[] = []
afterAll(() => {
  for (const agent of agents) agent.destroy()
})

beforeAll(async () => {
  server = createDoor({
    appUrl: 'http://localhost:3000',
    trustedProxy: [],
    inside: async (request, response) => {
      if (request.url?.endsWith('/slow')) await new Promise<void>(resolve => (letGo = resolve))
      response.end('inside')
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; reused: boolean }

/** A proxy with one connection, which it uses for as long as it may. */
function proxy() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agents.push(agent)
  return (path = '/api/health/live') =>
    new Promise<Answer>((resolve, reject) => {
      const request = get({ port, host: '127.0.0.1', path, agent }, response => {
        const { statusCode: status, headers } = response
        response.resume().on('end', () => resolve({ status, headers, reused: request.reusedSocket }))
      })
      request.on('error', reject)
    })
}

const idle = proxy()
const unused = proxy()
const waiting = proxy()
let waited: ReturnType<typeof waiting>

// Taken out with: `keepAliveTimeout` in `serve.ts`.
test('an idle connection is kept for longer than any usual proxy keeps its own', async () => {
  for (const ask of [idle, unused]) {
    const { status, headers } = await ask()
    expect(status).toBe(200)
    expect(Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1])).toBeGreaterThan(600)
  }
})

// Taken out with: `sleep(openForMs)`, or one of the two `endConnectionWith`, in `leave.ts`.
test('told to end, it lets everybody in as ever for a while, and each connection ends with its answer', async () => {
  waited = waiting('/api/health/slow')
  await sleep(50)
  markStopping(60_000)
  gone = leave(server, 300)
  expect(await idle()).toMatchObject({ status: 200, headers: { connection: 'close' }, reused: true })
  expect(await proxy()()).toMatchObject({ status: 200, headers: { connection: 'close' } })
})

// Taken out with: `closeAllConnections` in `leave.ts`, or the `answers.size` before it.
test('then nobody is let in; who was inside is answered, and who says nothing holds nobody up', async () => {
  const silent = connect(port, '127.0.0.1')
  const hungUp = new Promise(resolve => silent.once('close', resolve))
  await sleep(1_500)
  await expect(proxy()()).rejects.toThrow('ECONNREFUSED')
  await expect(unused()).rejects.toThrow('ECONNREFUSED')
  letGo()
  expect(await waited).toMatchObject({ status: 200, headers: { connection: 'close' } })
  await gone
  await hungUp
})
