import type { HttpBindings } from '@hono/node-server'
import type { Host } from './hosts.ts'
import type { Entry } from './ledger.ts'

/** What travels with a request through the sandbox, beside the request itself. */
export type Exchange = HttpBindings & {
  host: Host
  /** The request's row in the ledger, filled in on the way. */
  entry: Entry
}
