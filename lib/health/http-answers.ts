import { connect } from 'node:net'
import { isLoopback } from '#lib/env.ts'

/**
 * Whether a server at `origin` speaks HTTP within a second, whatever it says; for https, whether it takes a connection. By hand,
 * since `lib/http.ts` is for the ATS: it would pace this and count it.
 */
export function httpAnswers(origin: string): Promise<boolean> {
  const { hostname, host, port, protocol } = new URL(origin)
  const secure = protocol === 'https:'
  const socket = connect({
    host: isLoopback(hostname) ? '127.0.0.1' : hostname,
    port: Number(port) || (secure ? 443 : 80),
    timeout: 1_000,
  })
  return new Promise<boolean>(resolve => {
    socket.once('connect', () => {
      if (secure) resolve(true)
      else socket.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    })
    socket.once('data', data => resolve(data.toString('latin1').startsWith('HTTP/1.')))
    for (const event of ['timeout', 'error', 'close']) socket.once(event, () => resolve(false))
  }).finally(() => socket.destroy())
}
