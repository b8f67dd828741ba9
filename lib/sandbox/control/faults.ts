import { faultWishSchema } from '../fault-kinds.ts'
import type { Sandbox } from '../sandbox.ts'
import { type ControlApp, readBody, refuse } from './context.ts'

/** `/_control/faults`: plan one, list them with how often each has struck, take one or all away. */
export function faultControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/faults', c => c.json({ faults: sandbox.faults.list() }))

  app.post('/faults', async c => c.json(sandbox.faults.add(await readBody(c, faultWishSchema)), 201))

  app.delete('/faults', c => {
    sandbox.faults.clear()
    return c.body(null, 204)
  })

  app.delete('/faults/:id', c => {
    const id = c.req.param('id')
    if (!/^\d{1,12}$/.test(id) || !sandbox.faults.remove(Number(id))) refuse(404, `There is no fault ${id}`)
    return c.body(null, 204)
  })
}
