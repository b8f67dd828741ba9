import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import { jobStates } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { jobPage } from './job-page.ts'
import { jobsPage } from './jobs-page.ts'
import { nothingHere, signedIn } from './viewer.ts'

/** The account's jobs, and each with its candidates. */
export function jobPages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get('/backend', c => c.redirect('/backend/jobs', 303))
  app.get(
    '/backend/jobs',
    signedIn(sandbox, (c, viewer) => {
      const state = jobStates.find(one => one === c.req.query('state')) ?? null
      const search = (c.req.query('q') ?? '').trim().slice(0, 100).toLowerCase()
      return jobsPage(sandbox, viewer, { state, search, page: c.req.query('page') })
    }),
  )
  app.get(
    '/backend/jobs/:id',
    signedIn(sandbox, (c, viewer) => {
      const job = sandbox.state.jobs.get(Number(c.req.param('id')))
      if (job?.accountId !== viewer.account.id) return nothingHere(sandbox, viewer.account)
      return jobPage(sandbox, viewer, job, c.req.query('page'))
    }),
  )
}
