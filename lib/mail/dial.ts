import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { MailServer } from './mail-server.ts'
import { MailError } from './problems.ts'

/** How TLS is spoken with a mail server, from the start or by STARTTLS. */
export const tlsOptions = ({ ca }: Pick<MailServer, 'ca'>) => ({
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2' as const,
  ...(ca ? { ca } : {}),
})

/**
 * Opens the connection to a mail server, TLS included where it is TLS from the start. It is ours to destroy: nodemailer would only
 * end it, and wait for the other side. Throws `MailError`.
 */
export async function dial(server: MailServer, patienceMs: number): Promise<Socket> {
  const { host, port, secure } = server
  const named = isIP(host) ? {} : { servername: host }
  const socket = secure
    ? connectTls({ host, port, ...named, ...tlsOptions(server) })
    : connect({ host, port })
  socket.on('error', () => {}) // whoever waits for it is told; one that comes later is nobody's
  try {
    await once(socket, secure ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(patienceMs) })
    return socket
  } catch (error) {
    socket.destroy()
    throw new MailError(problemOf(error, socket))
  }
}

function problemOf(error: unknown, socket: Socket) {
  if (error instanceof Error && error.name === 'AbortError') return 'silent'
  // Once there was a connection, what failed on it is TLS; before, it is the network (`ECONNREFUSED`, `ENOTFOUND`).
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isNetwork = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE)/.test(code)
  return isNetwork || !('authorized' in socket) ? 'unreachable' : 'not_encrypted'
}
