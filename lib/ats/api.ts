import { now } from '#lib/clock.ts'
import { type Api, type ApiReply, type ApiRequest, AtsError } from '#lib/connectors/api.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import type { Manifest } from '#lib/connectors/manifest.ts'
import { type Door, type HttpReply, type Revealable, send } from '#lib/http.ts'
import { HttpError } from '#lib/http-error.ts'
import { originFor } from './hosts.ts'
import { closeUntil, closeWindow, type Pace, paceFor, takeSlot } from './pacing.ts'

export type RateSeen = { limit: number; remaining: number }

export type ApiOptions = {
  manifest: Manifest
  environment: Environment
  subdomain: string
  secret: Revealable
  /** Values of the manifest's optional fields that stand on each call (`extraHeaders`), by field id. */
  extra?: Readonly<Record<string, string | undefined>>
  /** Names the credential to every process: those with the same key share one rate limit. Holds no secret. */
  paceKey: string
  /** How long a call may wait for its turn before it throws `rate_limited`; not at all unless told. */
  waitSeconds?: number
  /** Told the rate limit whenever a reply carries it. */
  rateSeen?: (rate: RateSeen) => void
  send?: Door['send']
}

type Ready = ApiOptions & { origins: { account: string; central: string }; pace: Pace }

/**
 * An `Api` for one credential: base address, credential header, time-out, pacing and allow-list are in it.
 * Throws `GangwayError` where the subdomain is none or the sandbox is off; its calls throw as the contract says.
 */
export function createApi(options: ApiOptions): Api {
  const { manifest, environment, subdomain, extra = {} } = options
  const origins = {
    account: originFor(manifest, environment, subdomain),
    central: originFor(manifest, environment, manifest.hosts.central),
  }
  const partner = manifest.extraHeaders.some(({ field }) => extra[field])
  const ready: Ready = { ...options, origins, pace: paceFor(options.paceKey, manifest.limits, partner) }
  let rate: RateSeen | undefined
  const call = async (url: URL, request: Pick<ApiRequest, 'method' | 'body'> = {}): Promise<ApiReply> => {
    const windowEnd = await takeSlot(ready.pace, ready.waitSeconds)
    const reply = await exchange(ready, url, request)
    const seen = rateOf(manifest, reply)
    if (seen) {
      rate = seen
      options.rateSeen?.(seen)
    }
    if (reply.status === 429) throw await limited(ready.pace, reply)
    // Somebody else uses this credential as well: the next call of this window would be the refused one.
    if (seen && seen.remaining <= 1) await closeWindow(ready.pace, windowEnd)
    const retryAt = retryAtOf(reply)
    return {
      status: reply.status,
      headers: reply.headers,
      json: parse(reply.body),
      ...(retryAt ? { retryAt } : {}),
    }
  }
  return {
    origin: origins.account,
    request: async request =>
      call(addressOf(origins[request.host ?? 'account'], manifest.basePath, request), request),
    follow: async url => call(followed(url, origins.account)),
    rate: () => rate,
  }
}

async function exchange(ready: Ready, url: URL, { method, body }: Pick<ApiRequest, 'method' | 'body'>) {
  const { manifest, extra = {}, origins, secret } = ready
  const headers: Record<string, string> = { accept: 'application/json' }
  for (const { name, field } of manifest.extraHeaders) {
    const value = extra[field]
    if (value) headers[name] = value
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    return await (ready.send ?? send)({
      url,
      allow: [origins.account, origins.central],
      headers,
      credential: {
        header: manifest.credentialHeader.name,
        prefix: manifest.credentialHeader.prefix,
        secret,
      },
      ...(method ? { method } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    throw error instanceof HttpError ? withoutReply(error) : error
  }
}

/** A reply that broke off or would not end is an answer, if an odd one; everything else is no answer at all. */
function withoutReply(error: HttpError): Error {
  if (error.failure === 'origin_not_allowed' || error.failure === 'bad_header') return error
  const odd = error.failure === 'truncated' || error.failure === 'too_large'
  return new AtsError(odd ? 'unexpected_answer' : 'ats_unavailable', error.message, { cause: error })
}

async function limited(pace: Pace, reply: HttpReply): Promise<AtsError> {
  const closed = await closeUntil(pace, retryAtOf(reply))
  const retryAt = new Date(closed.getTime() + Math.round(Math.random() * 750))
  return new AtsError('rate_limited', 'too many requests', { status: 429, retryAt })
}

/** Longer than a quarter of an hour is asked again earlier: nobody waits for a header's mistake. */
const longestWaitMs = 15 * 60_000

/** RFC 9110, Retry-After: seconds, or a date. */
function retryAtOf({ headers }: HttpReply): Date | undefined {
  const told = headers['retry-after']
  if (!told) return undefined
  const wait = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now().getTime()
  return wait > 0 ? new Date(now().getTime() + Math.min(wait, longestWaitMs)) : undefined
}

/** Where a request goes. A path that leaves the API's own (dots, a second slash, a query) is refused, not repaired. */
function addressOf(origin: string, basePath: string, { path, query = {} }: ApiRequest): URL {
  if (!path.startsWith('/') || path.includes('//'))
    throw new AtsError('unexpected_answer', 'a path that is none')
  const url = new URL(origin + basePath + path)
  if (url.origin !== origin || url.pathname !== basePath + path || url.search || url.hash)
    throw new AtsError('unexpected_answer', 'a path that is none')
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

/** The credential travels with it, so the address must be the account's own to the letter. */
function followed(address: string, origin: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.origin !== origin || url.username || url.password)
    throw new AtsError('unexpected_answer', 'an address that is not of the account')
  return url
}

function rateOf(manifest: Manifest, { headers }: HttpReply): RateSeen | undefined {
  const limit = Number.parseInt(headers[manifest.rateHeaders.limit] ?? '', 10)
  const remaining = Number.parseInt(headers[manifest.rateHeaders.remaining] ?? '', 10)
  return limit >= 0 && remaining >= 0 ? { limit, remaining } : undefined
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
