import { randomBytes } from 'node:crypto'
import type { AuthorizationRequest } from './request.ts'

/** How long a consent screen may stay open. */
const TICKET_MS = 600_000

/** Who is signed in on www, and the consent screens that are open. In memory: after a restart one signs in again. */
export type Visitors = {
  /** Returns the new session's id, 256 random bits. */
  start(email: string): string
  /** The address of whoever has this session. */
  emailOf(id: string | undefined): string | null
  end(id: string | undefined): void
  /** A ticket for one decision, about one request, in one session. */
  ask(session: string, request: AuthorizationRequest, now: number): string
  /** The request that a ticket is for; it is used up, whether it fits or not. */
  decide(ticket: string, session: string | undefined, now: number): AuthorizationRequest | null
  clear(): void
}

/** An empty book of visitors. */
export function openVisitors(): Visitors {
  const sessions = new Map<string, string>()
  const tickets = new Map<string, { session: string; request: AuthorizationRequest; endsAt: number }>()
  const random = () => randomBytes(32).toString('base64url')
  return {
    start(email) {
      const id = random()
      sessions.set(id, email)
      return id
    },
    emailOf: id => (id === undefined ? null : (sessions.get(id) ?? null)),
    end: id => {
      if (id !== undefined) sessions.delete(id)
    },
    ask(session, request, now) {
      for (const [old, { endsAt }] of tickets) if (endsAt <= now) tickets.delete(old)
      const ticket = random()
      tickets.set(ticket, { session, request, endsAt: now + TICKET_MS })
      return ticket
    },
    decide(ticket, session, now) {
      const found = tickets.get(ticket)
      tickets.delete(ticket)
      return found !== undefined && found.session === session && found.endsAt > now ? found.request : null
    },
    clear() {
      sessions.clear()
      tickets.clear()
    },
  }
}
