import { z } from 'zod'
import { type Answer, ask } from './ask.ts'
import { type Visitor, visit } from './browse.ts'
import type { Trial } from './running.ts'

export const CALLBACK = 'http://127.0.0.1:3999/api/oauth/one/callback'

const pairSchema = z.looseObject({ access_token: z.string(), refresh_token: z.string() })

export type Pair = z.infer<typeof pairSchema>

/** A partner's app in a test's sandbox, and what it does over plain HTTP. */
export type TestApp = {
  id: string
  secret: string
  /** Its query for `/oauth/authorize`, with changes; `null` leaves a member out. */
  query(changes?: Record<string, string | null>): string
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer & { json: unknown }>
  revoke(token: string, fields?: Record<string, string>): Promise<Answer>
  /** The whole way: sign in, allow, exchange. */
  pair(person?: string): Promise<Pair>
  refreshed(refreshToken: string): Promise<Pair>
}

/** Registers an app and gives the ways to use it. */
export async function registerApp(trial: Trial, wish: Record<string, unknown> = {}): Promise<TestApp> {
  const body = { name: 'Brightside People', redirect_uris: [CALLBACK], ...wish }
  const made = await trial.control('/oauth/clients', { method: 'POST', body })
  const { client_id: id, client_secret: secret } = z
    .object({ client_id: z.string(), client_secret: z.string() })
    .parse(made.json)
  const send = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const form = String(new URLSearchParams({ client_id: id, client_secret: secret, ...fields }))
    const options = { host: 'www', method: 'POST', headers: { ...type, ...headers }, body: form }
    const answer = await ask(trial.port, path, options)
    return { ...answer, json: jsonOf(answer) }
  }
  const app: TestApp = {
    id,
    secret,
    query(changes = {}) {
      const usual = {
        client_id: id,
        redirect_uri: CALLBACK,
        resource: 'user',
        response_type: 'code',
        scope: 'r_jobs r_candidates w_candidates',
        state: 'st-ate',
      }
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries({ ...usual, ...changes }))
        if (value !== null) query.set(name, value)
      return String(query)
    },
    token: (fields, headers) => send('/oauth/token', fields, headers),
    revoke: (token, fields = {}) => send('/oauth/revoke', { token, ...fields }),
    async pair(person = 'mariana@larkfield.example') {
      const code = await allow(await signedIn(trial, person), app.query())
      const answer = await app.token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK })
      return pairSchema.parse(answer.json)
    },
    async refreshed(refresh_token) {
      return pairSchema.parse((await app.token({ grant_type: 'refresh_token', refresh_token })).json)
    },
  }
  return app
}

/** Somebody with a session on www. */
export async function signedIn(trial: Trial, email: string): Promise<Visitor> {
  const person = visit(trial.port, 'www')
  await person.post('/oauth/sign-in', { email })
  return person
}

/** Asks, allows if there is a question, and returns the code that came back. */
export async function allow(person: Visitor, query: string): Promise<string> {
  const page = await person.get(`/oauth/authorize?${query}`)
  const end = page.status === 200 ? await decide(person, page, 'allow') : page
  return backAt(end).get('code') ?? ''
}

/** Answers a consent screen. */
export function decide(person: Visitor, page: Answer, decision: 'allow' | 'deny'): Promise<Answer> {
  return person.post('/oauth/authorize', { ticket: ticketOn(page), decision })
}

/** The ticket of a consent screen. */
export function ticketOn(page: Answer): string {
  return /name="ticket" value="([\w-]{43})"/.exec(page.text)?.[1] ?? ''
}

/** The query with which an answer leads back to the client. */
export function backAt(answer: Answer): URLSearchParams {
  return new URL(answer.headers.location ?? 'http://nowhere').searchParams
}

function jsonOf({ headers, text }: Answer): unknown {
  return /json/.test(headers['content-type'] ?? '') ? JSON.parse(text) : undefined
}
