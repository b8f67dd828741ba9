import { z } from 'zod'
import { registerBundledApp } from '../oauth/bundled-app.ts'
import type { Sandbox } from '../sandbox.ts'
import { seededState } from '../seed/seed.ts'
import { defaultSwitches, switchesSchema } from '../switches.ts'
import { type ControlApp, readBody } from './context.ts'

const partnersSchema = z.strictObject({ client_ids: z.array(z.string().min(1).max(200)).max(1000) })
const resetSchema = z.strictObject({ seed: z.string().min(1).max(200).optional() })

/** Switches, known partners, and setting everything back. */
export function switchControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/switches', c => c.json(sandbox.state.switches))

  app.patch('/switches', async c => {
    const change = await readBody(c, switchesSchema.partial())
    sandbox.state.switches = switchesSchema.parse({ ...sandbox.state.switches, ...change })
    sandbox.touched()
    return c.json(sandbox.state.switches)
  })

  app.delete('/switches', c => {
    sandbox.state.switches = { ...defaultSwitches }
    sandbox.touched()
    return c.json(sandbox.state.switches)
  })

  app.get('/partners', c => c.json({ client_ids: sandbox.state.partnerClientIds }))

  app.put('/partners', async c => {
    sandbox.state.partnerClientIds = (await readBody(c, partnersSchema)).client_ids
    sandbox.touched()
    return c.json({ client_ids: sandbox.state.partnerClientIds })
  })

  app.post('/reset', async c => {
    const { seed = sandbox.state.seed } = await readBody(c, resetSchema)
    sandbox.state = seededState(seed, sandbox.now())
    if (sandbox.bundledApp !== null) registerBundledApp(sandbox.state, sandbox.bundledApp, sandbox.now())
    sandbox.ledger.clear()
    sandbox.faults.clear()
    sandbox.limiter.clear()
    sandbox.sessions.clear()
    sandbox.visitors.clear()
    sandbox.tallies.clear()
    sandbox.touched()
    return c.json({ seed, accounts: [...sandbox.state.accounts.values()].map(account => account.subdomain) })
  })
}
