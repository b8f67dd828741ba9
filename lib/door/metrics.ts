import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { sameText } from '#lib/crypto/tokens.ts'
import { isLoopback } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { renderMetrics } from '#lib/metrics/render.ts'

export type Scraping = { appUrl: string; token: string | undefined }

// What proxies add: whoever is behind one is not on this machine.
const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

/**
 * Whether a request may read the figures: by `METRICS_TOKEN` where there is one. Without one, only on an installation that is
 * itself on this machine alone (`APP_URL` is a loopback address), from this machine, without a proxy between: behind a proxy
 * everybody looks like a neighbour.
 */
export function mayScrape(request: IncomingMessage, { appUrl, token }: Scraping): boolean {
  if (request.method !== 'GET' || request.url !== '/metrics') return false
  if (token) return sameText(request.headers.authorization ?? '', `Bearer ${token}`)
  const socket = (request.socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
  return (
    isLoopback(new URL(appUrl).hostname) &&
    isLoopback(socket) &&
    proxied.every(name => request.headers[name] === undefined)
  )
}

/** Answers with the figures of this process. */
export async function answerMetrics(response: ServerResponse): Promise<void> {
  const { type, text } = await renderMetrics()
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}

/** A listener for the figures of a process that answers nothing else, such as a worker. */
export function listenForMetrics(scraping: Scraping, at: { host: string; port: number }): Server {
  const server = createServer((request, response) => {
    if (!mayScrape(request, scraping)) return void response.writeHead(404).end()
    answerMetrics(response).catch(error => {
      log.error({ err: error }, 'metrics failed')
      response.destroy()
    })
  })
  server.on('error', error => log.error({ err: error, port: at.port }, 'cannot listen for metrics'))
  return server.listen(at.port, at.host)
}
