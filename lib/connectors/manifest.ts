import type { Environment, Way } from './contract.ts'

/** What a connector says of itself as data: hosts, fields, scopes, headers, limits, and how somebody signs in. */

/** What a field's `parse` may be told: which address the ATS has in this environment. */
export type ParseContext = {
  /** Host without label, with port where there is one: `workable.com`, or the sandbox's `workable.localhost:4010`. */
  hostSuffix: string
  environment: Environment
  /** The day it is, YYYY-MM-DD in UTC. */
  today: string
  /** What the other fields were understood as, by id, secret ones left out: the same text twice is a mistake worth naming. */
  others?: Readonly<Record<string, string>>
}

/**
 * What a field understood. `understood` is set when it differs from what was typed, and is shown (of a secret, only that it
 * was tidied). A problem is a key below `problems` in the connector's message file, such as `subdomain.empty`; `values` fill it
 * in and hold no secret. `conceal` says that a secret may have been typed into a field that holds none: do not keep it or show it again.
 */
export type Parsed =
  | { ok: true; value: string; understood?: boolean }
  | { ok: false; problem: string; values?: Record<string, string>; conceal?: boolean }

/** One field of the key form and one screen of the wizard. Labels, hints and placeholders are messages: `fields.<id>.…`. */
export type Field = {
  /** Also the address of its screen (`enter/<id>`), its form name and its anchor in the guide. */
  id: string
  kind: 'text' | 'secret' | 'date'
  optional: boolean
  /** Names the screen of the wizard it stands on, when it has none of its own: folded away there. */
  screen?: string
  /** Bytes of UTF-8 that are read at all. */
  maxBytes: number
  /**
   * Pure. Gives the value and whether it was tidied, or a named problem. Also called for values that never saw a browser.
   * An optional field takes the empty text as it is.
   */
  parse(input: string, context: ParseContext): Parsed
}

export type Scope = {
  /** As the ATS spells it, such as `r_jobs`. */
  id: string
  /** What it makes possible, in our words; a feature is off, and says so, without it. */
  capability: 'read_jobs' | 'read_candidates' | 'write_candidates'
  /** Without it there is no connection. */
  needed: boolean
}

export type Limits = {
  /** Requests in a window of `windowSeconds` aligned to the epoch, without and with a partner client id. */
  requests: number
  partnerRequests: number
  windowSeconds: number
}

export type Manifest = {
  id: string
  /** The ATS's own name, the same in each language. */
  name: string
  monogram: string
  /** `{label}.{suffix}` serves an account, `{central}.{suffix}` everybody. Labels that are never an account are reserved. */
  hosts: { suffix: string; central: string; reserved: readonly string[] }
  /** The API's path under each host, such as `/spi/v3`. */
  basePath: string
  ways: readonly Way[]
  /** In the order of the key form; the wizard's screens come from the same list. */
  fields: readonly Field[]
  scopes: readonly Scope[]
  /** How the credential stands on a request. */
  credentialHeader: { name: string; prefix: string }
  /** Header for the optional field of that id, sent on each call whenever the value is set. */
  extraHeaders: readonly { name: string; field: string }[]
  rateHeaders: { limit: string; remaining: string; reset: string }
  limits: Limits
  /** How somebody signs in, where that is a way (RFC 6749, authorization code). All under the host for everybody. */
  oauth?: {
    authorizePath: string
    tokenPath: string
    revokePath: string
    /** Sent along to the authorization endpoint, besides the RFC's own. */
    parameters: Readonly<Record<string, string>>
  }
  /** Where a partner applies to be one, and where it asks for its client id. */
  partnerProgramme: { url: string; mail: string }
}
