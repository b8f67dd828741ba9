import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { databaseAnswers } from '#lib/health/probe.ts'
import { isStopping } from '#lib/health/stopping.ts'
import { log } from '#lib/log.ts'
import { logAccess } from './access-log.ts'
import { bodyLimit, examine, type Reason } from './examine.ts'
import { securityHeaders, strippedHeaders } from './headers.ts'
import { peerAddress, trustedProxies } from './peer.ts'
import { plainPage } from './plain-page.ts'

/** What is behind the door: it may take the request, which is clean by then. */
export type Inside = (request: IncomingMessage, response: ServerResponse) => Promise<void>
export type DoorOptions = { appUrl: string; trustedProxy: readonly string[]; inside: Inside }

const outageReload = 3

/**
 * The server before the program: only it knows the peer, can refuse a body by its size, and can answer when the database is
 * gone. Hygiene, not authorization: every verb checks its actor.
 */
export function createDoor({ appUrl, trustedProxy, inside }: DoorOptions): Server {
  const isTrusted = trustedProxies(trustedProxy)
  const always = securityHeaders(appUrl)
  const home = new URL(appUrl)

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = randomUUID()
    const started = performance.now()
    const forwardedFor = String(request.headers['x-forwarded-for'] ?? '')
    const peer = peerAddress(request.socket.remoteAddress ?? '', forwardedFor, isTrusted)
    const { method = '', url = '' } = request
    response.once('close', () => {
      logAccess({ id, method, url, status: response.statusCode, ms: performance.now() - started, peer })
    })
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value)
    response.setHeader('x-request-id', id)
    if (!isAsset(url)) response.setHeader('cache-control', 'no-store')
    if (isStopping()) response.setHeader('connection', 'close')
    if (turnAway(request, response)) return
    if (!isAsset(url) && !url.startsWith('/api/health/') && !(await databaseAnswers())) {
      return answer(request, response, 503, 'outage')
    }
    clean(request, id, peer)
    await inside(request, response)
  }

  function turnAway(request: IncomingMessage, response: ServerResponse): boolean {
    const verdict = examine(
      { method: request.method ?? '', url: request.url ?? '', headers: request.headers },
      appUrl,
    )
    if (verdict.kind === 'pass') return false
    if (verdict.kind === 'redirect') response.writeHead(307, { location: verdict.location }).end()
    else answer(request, response, verdict.status, verdict.reason)
    return true
  }

  function answer(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    reason: Reason | 'outage' | 'failed',
  ) {
    if (response.headersSent) return void response.destroy()
    const languages = String(request.headers['accept-language'] ?? '')
    const values = { address: appUrl, limit: `${bodyLimit / 1024} KB` }
    const page = plainPage({
      reason,
      values,
      languages,
      ...(reason === 'outage' ? { reloadAfter: outageReload } : {}),
    })
    // What was announced and not read must not be taken for the next request.
    const unread = request.complete ? {} : { connection: 'close' }
    response.writeHead(status, { ...page.headers, ...unread })
    response.end(request.method === 'HEAD' ? undefined : page.html)
  }

  function clean(request: IncomingMessage, id: string, peer: string): void {
    for (const name of Object.keys(request.headers))
      if (strippedHeaders.test(name)) delete request.headers[name]
    request.headers.host = home.host
    request.headers['x-forwarded-host'] = home.host
    request.headers['x-forwarded-proto'] = home.protocol.slice(0, -1)
    request.headers['x-forwarded-for'] = peer
    request.headers['x-request-id'] = id
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    enter(request, response).catch(error => {
      log.error({ err: error }, 'request failed')
      answer(request, response, 500, 'failed')
    })
  }

  const server = createServer(
    { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 15_000 },
    handle,
  )
  server.keepAliveTimeout = 10_000
  server.on('checkContinue', (request, response) => {
    if (
      request.headers['content-length'] === undefined ||
      Number(request.headers['content-length']) <= bodyLimit
    ) {
      response.writeContinue()
    }
    handle(request, response)
  })
  // Nothing here is more than HTTP. The program inside would take such a socket past this door, and keep it.
  server.on('upgrade', (_request, socket) => refuseBroken(new Error('upgrade'), socket, always))
  server.on('clientError', (error, socket) => refuseBroken(error, socket, always))
  return server
}

const isAsset = (url: string): boolean =>
  url.startsWith('/_next/static/') || /^\/[\w-]+\.(svg|png|ico|txt|css)$/.test(url)

// What is not HTTP enough to become a request gets the shortest answer that is.
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex, headers: Record<string, string>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const statuses: Record<string, string> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  }
  const status = statuses[error.code ?? ''] ?? '400 Bad Request'
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' })
  socket.end(`HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
}
