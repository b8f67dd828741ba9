import type { Context } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'

export type OauthContext = Context<{ Bindings: Exchange }>

/** The parameters of a request. A name that came twice is in `twice` (RFC 6749, 3.1 and 3.2: an error). */
export type Parameters = { of(name: string): string | null; twice: readonly string[] }

export type BodyFormat = 'multipart' | 'urlencoded' | 'json' | 'other'

const jsonSchema = z.record(z.string(), z.unknown())

/** Parameters out of pairs; what is empty counts as left out. */
export function parametersFrom(pairs: Iterable<readonly [string, unknown]>): Parameters {
  const values = new Map<string, string>()
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const [name, value] of pairs) {
    if (seen.has(name)) twice.add(name)
    seen.add(name)
    if (typeof value === 'string' && value !== '') values.set(name, value)
  }
  return { of: name => values.get(name) ?? null, twice: [...twice] }
}

/** Reads a body as Rails does: multipart, urlencoded or JSON. The query is not looked at: secrets have no business there. */
export async function readBody(c: OauthContext): Promise<{ format: BodyFormat; given: Parameters }> {
  const type = (c.req.header('Content-Type') ?? '').toLowerCase()
  if (type.startsWith('multipart/form-data')) {
    const form = await c.req.formData().catch(() => new FormData())
    return { format: 'multipart', given: parametersFrom(form.entries()) }
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { format: 'urlencoded', given: parametersFrom(new URLSearchParams(await c.req.text())) }
  }
  if (/^application\/json\b/.test(type)) {
    const body = jsonSchema.safeParse(await c.req.json().catch(() => null))
    return { format: 'json', given: parametersFrom(body.success ? Object.entries(body.data) : []) }
  }
  return { format: 'other', given: parametersFrom([]) }
}
