import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { log, withLogFields } from '#lib/log.ts'
import { logAccess } from './access-log.ts'
import { answerPlainly, refuseBroken } from './answer.ts'
import { bodyLimit, examine } from './examine.ts'
import { cleanHeaders, securityHeaders } from './headers.ts'
import { watchAnswer } from './leave.ts'
import { answerMetrics, mayScrape } from './metrics.ts'
import { withinReach } from './outage.ts'
import { peerAddress, trustedProxies } from './peer.ts'

/** What is behind the door: it may take the request, which is clean by then. */
export type Inside = (request: IncomingMessage, response: ServerResponse) => Promise<void>
export type DoorOptions = {
  appUrl: string
  trustedProxy: readonly string[]
  inside: Inside
  /** Who has it may read `/metrics`. */
  metricsToken?: string | undefined
}

/**
 * An idle connection is kept for longer than proxies keep theirs, so that none sends a request into one that is just being closed: nginx and
 * AWS 60 s, Caddy 120, Google Cloud 600, which asks for 620 (https://cloud.google.com/load-balancing/docs/https#timeout-keepalive-backends).
 */
const idleMs = 620_000

/**
 * The server before the program: only it knows the peer, can refuse a body by its size, and can answer when the database is
 * gone. Hygiene, not authorization: every verb checks its actor.
 */
export function createDoor({ appUrl, trustedProxy, inside, metricsToken }: DoorOptions): Server {
  const isTrusted = trustedProxies(trustedProxy)
  const always = securityHeaders(appUrl)

  async function enter(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const { method = '', url = '', headers } = request
    const forwardedFor = String(headers['x-forwarded-for'] ?? '')
    const peer = peerAddress(request.socket.remoteAddress ?? '', forwardedFor, isTrusted)
    logWhenDone(response, { request: id, method, url, peer })
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value)
    response.setHeader('x-request-id', id)
    if (!isAsset(url)) response.setHeader('cache-control', 'no-store')
    watchAnswer(response)
    if (mayScrape(request, { appUrl, token: metricsToken })) return answerMetrics(response)
    const verdict = examine({ method, url, headers }, appUrl)
    if (verdict.kind === 'redirect') return void response.writeHead(307, { location: verdict.location }).end()
    if (verdict.kind === 'refuse') return answerPlainly(request, response, { ...verdict, appUrl })
    cleanHeaders(headers, { appUrl, id, peer })
    if (isAsset(url) || url.startsWith('/api/health/')) return inside(request, response)
    await withinReach(request, response, { appUrl, inside })
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const id = randomUUID()
    withLogFields({ request: id }, () => {
      enter(request, response, id).catch(error => {
        // What was answered for it already may still find nowhere to write.
        if (response.writableEnded) return
        log.error({ err: error }, 'request failed')
        answerPlainly(request, response, { status: 500, reason: 'failed', appUrl })
      })
    })
  }

  const limits = { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 15_000 }
  const server = createServer({ ...limits, keepAliveTimeout: idleMs }, handle)
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= bodyLimit) response.writeContinue()
    handle(request, response)
  })
  // Nothing here is more than HTTP. The program inside would take such a socket past this door, and keep it.
  server.on('upgrade', (_request, socket) => refuseBroken(new Error('upgrade'), socket, always))
  server.on('clientError', (error, socket) => refuseBroken(error, socket, always))
  return server
}

const isAsset = (url: string): boolean =>
  url.startsWith('/_next/static/') || /^\/[\w-]+\.(svg|png|ico|txt|css)$/.test(url)

type Known = { request: string; method: string; url: string; peer: string }

function logWhenDone(response: ServerResponse, known: Known): void {
  const started = performance.now()
  response.once('close', () => {
    logAccess({ ...known, status: response.statusCode, ms: performance.now() - started })
  })
}
