import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { type ControlApp, readQuery } from './context.ts'

const querySchema = z.strictObject({
  /** Entries after this `seq` only. */
  since: z.coerce.number().int().min(0).default(0),
  token: z.string().optional(),
  host: z.string().optional(),
  /** How the path begins. */
  path: z.string().optional(),
  area: z.enum(['api', 'back_office', 'oauth']).optional(),
  limit: z.coerce.number().int().min(1).max(100_000).default(10_000),
})

/** `/_control/ledger` and `/_control/counters`. The control API's own requests are in neither. */
export function ledgerControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/ledger', c => {
    const query = readQuery(c, querySchema)
    const found = sandbox.ledger
      .since(query.since)
      .filter(
        entry =>
          (query.token === undefined || entry.tokenId === query.token) &&
          (query.host === undefined || entry.host.replace(/:\d+$/, '') === query.host) &&
          (query.path === undefined || entry.path.startsWith(query.path)) &&
          (query.area === undefined || entry.area === query.area),
      )
    return c.json({ entries: found.slice(0, query.limit) })
  })

  app.delete('/ledger', c => {
    sandbox.ledger.clear()
    sandbox.tallies.clear()
    return c.body(null, 204)
  })

  app.get('/counters', c => {
    const { state } = sandbox
    const records = {
      accounts: state.accounts.size,
      members: state.members.size,
      jobs: state.jobs.size,
      candidates: state.candidates.size,
      tokens: state.tokens.size,
      oauth_clients: state.oauthApps.size,
      oauth_grants: state.oauthGrants.size,
    }
    return c.json({ requests: sandbox.ledger.counters(), records })
  })
}
