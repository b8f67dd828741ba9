import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server of one test's own on this machine, and every request that reached it. Ends with the test. */
export type TinyServer = { port: number; origin: string; seen: IncomingMessage[] }

/** Starts one on `address` (127.0.0.1 unless told), on a free port. */
export async function tinyServer(answer: RequestListener, address = '127.0.0.1'): Promise<TinyServer> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    answer(request, response)
  })
  const port = await listen(server, address)
  return { port, origin: `http://somebody.test:${port}`, seen }
}

/** Makes a server listen and end with the test, open connections included. */
export async function listen(server: Server, address = '127.0.0.1'): Promise<number> {
  server.listen(0, address)
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}
