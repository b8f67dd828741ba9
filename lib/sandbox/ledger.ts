import type { Scope } from './scopes.ts'

/** One request as the ledger remembers it. It never holds a token, only the token's id. */
export type Entry = {
  seq: number
  /** When it came, ISO 8601 with milliseconds. */
  at: string
  area: 'api' | 'back_office' | 'oauth'
  method: string
  host: string
  /** Path and query; whatever looks like a token in it is blotted out. */
  path: string
  /** Null while it is being answered, and where the connection was dropped. */
  status: number | null
  tokenId: string | null
  /** What was asked of the token, and whether it had it. Null where it did not come to that. */
  scope: { needed: Scope; held: boolean } | null
  rate: { limit: number; remaining: number } | null
  /** Whether the header X-WORKABLE-CLIENT-ID named a known partner; null without the header. */
  partner: boolean | null
  /** Id of the fault that was at work. */
  fault: number | null
  /** What an OAuth endpoint made of it; null elsewhere, and where a fault struck before it could. */
  oauth: OauthNote | null
  /** Milliseconds from the request's arrival to its answer. */
  wait: number | null
}

/** What the ledger tells of an OAuth request: never a code, a state, a token or a secret. */
export type OauthNote = {
  /** Where it names a known client. */
  clientId?: string | null
  grantType?: string | null
  redirectUri?: string | null
  scope?: string | null
  resource?: string | null
  challengeMethod?: string | null
  /** SHA-256 of the state in hex, so that states can be told apart. */
  stateHash?: string | null
  format?: 'multipart' | 'urlencoded' | 'json' | 'other'
  /** Where id and secret of the client were. */
  clientPlace?: 'body' | 'basic' | 'both' | 'none'
  grantId?: string | null
  /** What became of it: an error's code, `issued`, `done`, `code`, `consent`, `sign_in` … */
  outcome?: string
}

export type Ledger = {
  open(entry: Pick<Entry, 'at' | 'area' | 'method' | 'host' | 'path'>): Entry
  /** Entries after `seq`, oldest first. */
  since(seq: number): Entry[]
  /** How many requests there were since the start or the last `clear`, those that are no longer kept included. */
  counters(): { total: number; byStatus: Record<string, number> }
  close(entry: Entry, status: number | null, wait: number): void
  clear(): void
}

/** Older entries go when there are more than these. */
const KEPT = 100_000

/** A ledger in memory. */
export function openLedger(): Ledger {
  let entries: Entry[] = []
  let seq = 0
  let total = 0
  let byStatus: Record<string, number> = {}
  return {
    open(start) {
      seq += 1
      total += 1
      const entry: Entry = {
        seq,
        ...start,
        path: start.area === 'oauth' ? blotOauth(start.path) : blot(start.path),
        status: null,
        tokenId: null,
        scope: null,
        rate: null,
        partner: null,
        oauth: null,
        fault: null,
        wait: null,
      }
      entries.push(entry)
      if (entries.length > KEPT * 1.1) entries = entries.slice(-KEPT)
      return entry
    },
    since: after => entries.filter(entry => entry.seq > after),
    counters: () => ({ total, byStatus: { ...byStatus } }),
    close(entry, status, wait) {
      entry.status = status
      entry.wait = wait
      const key = status === null ? 'dropped' : String(status)
      byStatus[key] = (byStatus[key] ?? 0) + 1
    },
    clear() {
      entries = []
      total = 0
      byStatus = {}
    },
  }
}

const secretNames =
  /^(?:code|state|code_verifier|client_secret|ticket|token|access_token|refresh_token|id_token)$/i

/** The query of an OAuth request without the values that are secrets or become one, however their names are written. */
function blotOauth(path: string): string {
  const [place = '', ...rest] = path.split('?')
  const pieces = rest.join('?').split('&')
  const told = pieces.map(piece => {
    const [name = ''] = new URLSearchParams(piece).keys()
    return secretNames.test(name) ? `${name}=[hidden]` : piece
  })
  return rest.length === 0 ? blot(place) : blot(`${place}?${told.join('&')}`)
}

/** A token has no business in an address; should one be there, its value is not kept. */
function blot(path: string): string {
  return path
    .replace(/([?&](?:[a-z_]*token|api_key|key)=)[^&]*/gi, '$1[hidden]')
    .replace(/[\w-]{40,}/g, '[hidden]')
}
