import { randomBytes } from 'node:crypto'

/** Somebody signed in to one account's back office. `fresh`: a token made a moment ago, to be shown once. */
export type Session = {
  accountId: number
  memberId: number
  fresh: { tokenId: number; value: string } | null
}

/** Sessions live in memory: whoever was signed in picks a person again after a restart. */
export type Sessions = {
  start(accountId: number, memberId: number): string
  find(id: string | undefined): Session | null
  end(id: string | undefined): void
  clear(): void
}

/** An empty book of sessions. Their ids are 256 random bits. */
export function openSessions(): Sessions {
  const sessions = new Map<string, Session>()
  return {
    start(accountId, memberId) {
      const id = randomBytes(32).toString('base64url')
      sessions.set(id, { accountId, memberId, fresh: null })
      return id
    },
    find: id => (id === undefined ? null : (sessions.get(id) ?? null)),
    end: id => {
      if (id !== undefined) sessions.delete(id)
    },
    clear: () => sessions.clear(),
  }
}
