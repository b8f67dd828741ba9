import type { HttpBindings } from '@hono/node-server'
import { apiApp } from './api/app.ts'
import { serveResume } from './api/resumes.ts'
import { backOfficeApp } from './back-office/app.ts'
import { styleSheet } from './back-office/page.ts'
import { controlApp } from './control/app.ts'
import type { Exchange } from './exchange.ts'
import { frontPage, shortlink } from './front.ts'
import { readHost } from './hosts.ts'
import { inflict, sent } from './inflict.ts'
import type { Entry } from './ledger.ts'
import { oauthApp } from './oauth/app.ts'
import type { Sandbox } from './sandbox.ts'

/**
 * Makes the one function that answers every request: the host says who is meant, the control API goes its own way, and
 * everything else is written into the ledger and may meet a fault.
 */
export function answerer(sandbox: Sandbox): (request: Request, env: HttpBindings) => Promise<Response> {
  const api = apiApp(sandbox)
  const control = controlApp(sandbox)
  const backOffice = backOfficeApp(sandbox)
  const oauth = oauthApp(sandbox)

  const route = async (request: Request, exchange: Exchange, path: string): Promise<Response> => {
    const asset = styleSheet(path)
    if (asset !== null) return asset
    if (isUnder(path, '/spi')) return api.fetch(request, exchange)
    const isOwnHost = exchange.host.kind === 'www' || exchange.host.kind === 'base'
    if (isOwnHost && isUnder(path, '/oauth')) return oauth.fetch(request, exchange)
    if (exchange.host.kind === 'account') return backOffice.fetch(request, exchange)
    if (exchange.host.kind === 'apply') return shortlink(sandbox, path)
    if (isUnder(path, '/files')) return serveResume(sandbox, request)
    return frontPage(sandbox, path)
  }

  return async (request, env) => {
    const hostHeader = request.headers.get('Host')
    const host = readHost(hostHeader)
    if (host === null) return misdirected()
    const url = new URL(request.url)
    if (isUnder(url.pathname, '/_control'))
      return host.kind === 'base' ? control.fetch(request, env) : missing()
    const arrived = performance.now()
    const entry = sandbox.ledger.open({
      at: new Date(sandbox.now()).toISOString(),
      area: areaOf(url.pathname),
      method: request.method,
      host: hostHeader ?? '',
      path: url.pathname + url.search,
    })
    const act = () => route(request, { ...env, host, entry }, url.pathname).catch(failed)
    const struck = sandbox.faults.strike({
      method: request.method,
      host: hostHeader ?? '',
      path: url.pathname,
    })
    entry.fault = struck?.id ?? null
    const done = struck === null ? sent(await act()) : await inflict(struck.fault, env, act)
    sandbox.ledger.close(entry, done.status, Math.round(performance.now() - arrived))
    return done.response
  }
}

function areaOf(path: string): Entry['area'] {
  if (isUnder(path, '/spi')) return 'api'
  return isUnder(path, '/oauth') ? 'oauth' : 'back_office'
}

function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}

function misdirected(): Response {
  return new Response('This is no host of the Workable sandbox.\n', {
    status: 421,
    headers: { 'Content-Type': 'text/plain' },
  })
}

/** A mistake of the sandbox itself, told as such, so that nobody looks for it at Workable or in Gangway. */
function failed(error: unknown): Response {
  const why = error instanceof Error ? error.message : String(error)
  return new Response(`The sandbox itself failed: ${why}\n`, {
    status: 500,
    headers: { 'Content-Type': 'text/plain' },
  })
}

function missing(): Response {
  return new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain' } })
}
