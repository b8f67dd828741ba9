import { z } from 'zod'
import { type Api, type ApiReply, type ApiRequest, AtsError, type AtsFailure } from '../api.ts'
import type { Finding } from '../contract.ts'

/** What an error reply says. `reason` and `name` are Doorkeeper's: why a token is refused (unknown, expired, revoked), which error. */
export type SaidError = { text: string; reason: string; name: string }

const text = z.string().catch('')
const layer = z.object({
  error: z.unknown().optional(),
  name: text,
  reason: text,
  description: text,
  error_description: text,
  message: text,
  validation_errors: z.record(z.string(), z.unknown()).catch({}),
})

/**
 * Reads an error body of any of Workable's shapes: a plain string, a Doorkeeper response nested three deep in `error` (probed in
 * September 2026), `message`, `validation_errors`. Anything else gives empty texts.
 */
export function saidError(json: unknown): SaidError {
  const said: SaidError = { text: '', reason: '', name: '' }
  let level = json
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof level === 'string') return { ...said, text: said.text || level }
    const parsed = layer.safeParse(level)
    if (!parsed.success) return said
    const { name, reason, description, error_description, message, validation_errors, error } = parsed.data
    said.name ||= name
    said.reason ||= reason
    said.text ||= description || error_description || message || Object.keys(validation_errors).join(', ')
    level = error
  }
  return said
}

const reasons: Readonly<Record<string, string>> = {
  unknown: 'unknown_key',
  expired: 'expired',
  revoked: 'revoked',
}

/** Does it name a missing scope? Doorkeeper up to 5.8 says invalid_scope, later ones insufficient_scope (inferred). */
export const saysScope = (reply: ApiReply): boolean =>
  ['invalid_scope', 'insufficient_scope'].includes(saidError(reply.json).name)

/**
 * Why the credential itself is refused or its account closed, as far as the answer tells; undefined where it does not, and it may be a
 * scope. A suspended account says so in words only (assumed: nothing is recorded).
 */
export function refusalOf(reply: ApiReply): Pick<Finding, 'state' | 'detail'> | undefined {
  if (saysScope(reply)) return undefined
  const { text: words, reason } = saidError(reply.json)
  if (reply.status === 401 && reason) return { state: 'refused', detail: reasons[reason] ?? 'refused' }
  const suspended =
    reply.status === 402 || (reply.status === 403 && /suspend|deactivat|disabled/i.test(words))
  return suspended ? { state: 'odd', detail: 'suspended' } : undefined
}

const failures: Readonly<Record<number, AtsFailure>> = {
  401: 'credential_refused',
  403: 'scope_missing',
  404: 'not_found',
}

/** What a status that is no success means when nobody knows better. Never carries the body: it may echo the credential. */
export function failed(reply: ApiReply): AtsError {
  const failure = failures[reply.status] ?? (reply.status >= 500 ? 'ats_unavailable' : 'unexpected_answer')
  return new AtsError(failure, `status ${reply.status}`, {
    status: reply.status,
    ...(reply.retryAt ? { retryAt: reply.retryAt } : {}),
  })
}

/** Throws for what says nothing about the credential: Workable is down, or something else answers in its place. */
export function mustBeWorkable(reply: ApiReply): ApiReply {
  const { status, json } = reply
  if (status >= 500 || (status >= 300 && status < 400)) throw failed(reply)
  if (status === 200 && json === undefined) throw new AtsError('unexpected_answer', 'no JSON', { status })
  return reply
}

/** Reads, once more after a 404: Workable answers it now and then for what exists. */
export async function read(api: Api, request: ApiRequest): Promise<ApiReply> {
  const reply = mustBeWorkable(await api.request(request))
  return reply.status === 404 ? mustBeWorkable(await api.request(request)) : reply
}

/** The body of a success, as the schema has it. Throws `AtsError` for every other status and for a body that is not so. */
export function bodyOf<T>(schema: z.ZodType<T>, reply: ApiReply): T {
  if (reply.status !== 200) throw failed(reply)
  const parsed = schema.safeParse(reply.json)
  if (parsed.success) return parsed.data
  // Zod's own message quotes what it got.
  throw new AtsError('unexpected_answer', 'a body of another shape', { status: reply.status })
}
