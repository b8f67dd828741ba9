import { isIP } from 'node:net'
import { getCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, buildConnector, type Dispatcher, request as undiciRequest } from 'undici'
import { env } from './env.ts'
import {
  type Address,
  addressRefused,
  checkedLookup,
  loopbackFirst,
  mayConnect,
  networks,
  type Resolver,
  systemResolver,
} from './http-addresses.ts'
import { codeOf, failureOf, HttpError } from './http-error.ts'

/** A credential as the door takes it: `lib/crypto/secret.ts`, revealed here and put into one header. */
export type Revealable = { reveal(): string }

export type HttpRequest = {
  url: URL
  /** Exact origins that this call may go to. */
  allow: readonly string[]
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  credential?: { header: string; prefix: string; secret: Revealable }
  body?: string
  /** For everything, from looking up the name to the last byte. */
  timeoutMs?: number
  /** Of the body, decoded. */
  maxBytes?: number
}

/** A reply that arrived whole. Header names are lower-case; a repeated header is joined by commas; cookies are dropped. */
export type HttpReply = { status: number; headers: Readonly<Record<string, string>>; body: string }

export type DoorOptions = {
  resolve?: Resolver
  /** CIDRs besides the public internet. */
  allowedNetworks?: readonly string[]
  /** Certificates (PEM) to trust besides the system's. */
  ca?: string
  /** The sandbox's own origin: it and the names below its host may be on this machine. */
  sandboxOrigin?: string | undefined
}

export type Door = { send(request: HttpRequest): Promise<HttpReply>; close(): Promise<void> }

const apiTimeoutMs = 15_000
const apiMaxBytes = 5 * 1024 * 1024
const decode = promisify(gunzip)

function isSandbox(target: { protocol: string; hostname: string; port: string }, sandboxOrigin?: string) {
  if (!sandboxOrigin) return false
  const sandbox = new URL(sandboxOrigin)
  return (
    target.protocol === sandbox.protocol &&
    target.port === sandbox.port &&
    (target.hostname === sandbox.hostname || target.hostname.endsWith(`.${sandbox.hostname}`))
  )
}

function connector(options: DoorOptions): buildConnector.connector {
  const allowed = networks(options.allowedNetworks ?? [])
  const resolve = options.resolve ?? systemResolver
  const permitted = (address: Address) => mayConnect(address, allowed)
  // Verification is stated, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off; NODE_EXTRA_CA_CERTS adds an operator's own.
  const tls = { rejectUnauthorized: true, minVersion: 'TLSv1.2', allowH2: false, timeout: 5_000 } as const
  const trust = options.ca ? { ...tls, ca: [...getCACertificates('default'), options.ca] } : tls
  const guarded = buildConnector({ ...trust, lookup: checkedLookup(resolve, permitted), port: 0 })
  const local = buildConnector({
    ...trust,
    lookup: checkedLookup(loopbackFirst(resolve), () => true),
    port: 0,
  })
  return (target, callback) => {
    if (isSandbox(target, options.sandboxOrigin)) return local(target, callback)
    // A literal address is never looked up, so the check has to stand here too.
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !permitted({ address: literal, family: isIP(literal) }))
      return callback(addressRefused(), null)
    return guarded(target, callback)
  }
}

/**
 * Opens a door of its own. The program uses `send`; tests open one with a resolver of theirs.
 */
export function createDoor(options: DoorOptions = {}): Door {
  const agent = new Agent({
    connect: connector(options),
    connections: 32,
    pipelining: 1,
    headersTimeout: apiTimeoutMs * 2,
    bodyTimeout: apiTimeoutMs * 2,
  })
  return { send: request => sendBy(agent, request), close: () => agent.destroy() }
}

async function sendBy(agent: Agent, request: HttpRequest): Promise<HttpReply> {
  const { origin } = request.url
  if (!request.allow.includes(origin) || request.url.username || request.url.password)
    throw new HttpError('origin_not_allowed', origin)
  const headers = headersOf(request)
  const signal = AbortSignal.timeout(request.timeoutMs ?? apiTimeoutMs)
  try {
    const reply = await undiciRequest(request.url, {
      dispatcher: agent,
      method: request.method ?? 'GET',
      headers,
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    }).catch(error => {
      throw new HttpError(failureOf(error, signal) ?? 'connection', origin, codeOf(error))
    })
    return await whole(reply, request.maxBytes ?? apiMaxBytes, origin)
  } catch (error) {
    if (error instanceof HttpError) throw error
    // Headers came, the body did not come whole.
    throw new HttpError(failureOf(error, signal) ?? 'truncated', origin, codeOf(error))
  }
}

/** Node throws on some values and sends others; here every one is plain ASCII or the call is not made. */
function headersOf({ url, headers = {}, credential }: HttpRequest): Record<string, string> {
  const all: Record<string, string> = { 'accept-encoding': 'gzip', 'user-agent': 'Gangway', ...headers }
  if (credential) all[credential.header] = credential.prefix + credential.secret.reveal()
  for (const [name, value] of Object.entries(all)) {
    if (!/^[a-z0-9-]+$/i.test(name) || !/^[\x20-\x7e]*$/.test(value))
      throw new HttpError('bad_header', url.origin)
  }
  return all
}

async function whole(reply: Dispatcher.ResponseData, maxBytes: number, origin: string): Promise<HttpReply> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of reply.body) {
    size += chunk.length
    if (size > maxBytes) {
      reply.body.destroy()
      throw new HttpError('too_large', origin)
    }
    chunks.push(chunk)
  }
  const headers = flat(reply.headers)
  const raw = Buffer.concat(chunks)
  const gzip = headers['content-encoding']?.toLowerCase() === 'gzip' && raw.length > 0
  const body = gzip ? await decode(raw, { maxOutputLength: maxBytes }) : raw
  return { status: reply.statusCode, headers, body: body.toString('utf8') }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.toLowerCase() === 'set-cookie') continue
    result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return result
}

// Next bundles this file more than once a process: one pool of sockets for all copies.
const kept = globalThis as typeof globalThis & { gangwayDoor?: Door }

function theDoor(): Door {
  const { SANDBOX, SANDBOX_ORIGIN, ALLOWED_NETWORKS } = env()
  kept.gangwayDoor ??= createDoor({
    sandboxOrigin: SANDBOX === 'on' ? SANDBOX_ORIGIN : undefined,
    allowedNetworks: ALLOWED_NETWORKS,
  })
  return kept.gangwayDoor
}

/**
 * The one way out: undici, one dispatcher. Follows no redirect, ignores proxy variables, verifies TLS always, reads at most
 * `maxBytes`, ends after `timeoutMs`, and connects to public addresses only (the sandbox's and those of
 * ALLOWED_NETWORKS aside).
 * Throws `HttpError`; any status is a reply.
 */
export const send: Door['send'] = request => theDoor().send(request)

/** Closes every socket; for a process that ends, and for tests. */
export async function closeHttp(): Promise<void> {
  const { gangwayDoor } = kept
  delete kept.gangwayDoor
  await gangwayDoor?.close()
}
