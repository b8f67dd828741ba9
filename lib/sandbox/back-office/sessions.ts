import { randomBytes } from 'node:crypto'

/** What somebody typed into the token form that was not accepted; shown again once, with what is wrong. */
export type TokenDraft = {
  name: string
  days: string
  scopes: string[]
  problems: { name?: string; scopes?: string }
}

/** Somebody signed in to one account's back office; `fresh`, `draft` and `notice` wait for the next page that shows them. */
export type Session = {
  accountId: number
  memberId: number
  /** A token made a moment ago: shown by one page, once. */
  fresh: { tokenId: number; value: string } | null
  draft: TokenDraft | null
  notice: string | null
}

/** Sessions live in memory: after a restart whoever was signed in picks a person again. */
export type Sessions = {
  /** Returns the new session's id, 256 random bits. */
  start(accountId: number, memberId: number): string
  find(id: string | undefined): Session | null
  end(id: string | undefined): void
  clear(): void
}

/** An empty book of sessions. */
export function openSessions(): Sessions {
  const sessions = new Map<string, Session>()
  return {
    start(accountId, memberId) {
      const id = randomBytes(32).toString('base64url')
      sessions.set(id, { accountId, memberId, fresh: null, draft: null, notice: null })
      return id
    },
    find: id => (id === undefined ? null : (sessions.get(id) ?? null)),
    end: id => {
      if (id !== undefined) sessions.delete(id)
    },
    clear: () => sessions.clear(),
  }
}
