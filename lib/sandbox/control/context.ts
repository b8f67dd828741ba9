import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { jobByShortcode } from '../api/find.ts'
import { fromHex } from '../ids.ts'
import type { Account, Job } from '../records.ts'
import type { State } from '../state.ts'

export type ControlApp = Hono<{ Bindings: HttpBindings }>
export type ControlContext = Context<{ Bindings: HttpBindings }>

/** Ends a request with a status and a sentence that says what to change. */
export function refuse(status: 400 | 403 | 404 | 409 | 415 | 422, error: string, issues?: string[]): never {
  const body = issues === undefined ? { error } : { error, issues }
  throw new HTTPException(status, { res: Response.json(body, { status }) })
}

/** The body of a request, parsed; no body is `{}`. What does not fit is a 422 that names each member. */
export async function readBody<T extends z.ZodType>(c: ControlContext, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text()
  const type = c.req.header('Content-Type') ?? ''
  if (text !== '' && !/^application\/json\b/i.test(type)) refuse(415, 'Send the body as application/json')
  return parsed(schema, text === '' ? {} : jsonOf(text))
}

/** The query of a request, parsed. */
export function readQuery<T extends z.ZodType>(c: ControlContext, schema: T): z.infer<T> {
  return parsed(schema, c.req.query())
}

function parsed<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issues = result.error.issues.map(issue => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
  return refuse(422, 'The request does not fit', issues)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuse(400, 'The body is not JSON')
  }
}

/** The account of the path's `:subdomain`. */
export function accountOfPath(state: State, c: ControlContext): Account {
  const subdomain = c.req.param('subdomain')
  for (const account of state.accounts.values()) if (account.subdomain === subdomain) return account
  return refuse(404, `There is no account "${subdomain}"`)
}

/** An account's job by shortcode. */
export function jobNamed(state: State, account: Account, shortcode: string): Job {
  const job = jobByShortcode(state, account.id, shortcode)
  return job ?? refuse(404, `${account.subdomain} has no job "${shortcode}"`)
}

/** An account's record by the outward id of the path's `:id`. */
export function ownRecord<T extends { accountId: number }>(
  table: Map<number, T>,
  account: Account,
  c: ControlContext,
  kind: string,
): T {
  const id = c.req.param('id') ?? ''
  const record = table.get(fromHex(id) ?? 0)
  return record?.accountId === account.id
    ? record
    : refuse(404, `${account.subdomain} has no ${kind} "${id}"`)
}
