import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountRoutes } from './accounts.ts'
import { candidateRoutes } from './candidates.ts'
import { jobRoutes } from './jobs.ts'
import { memberRoutes } from './members.ts'
import { notFound } from './replies.ts'
import { respond } from './respond.ts'
import { stageRoutes } from './stages.ts'
import { tagRoutes } from './tags.ts'

const MAX_BODY = 8 * 1024 * 1024

/** Workable's API under `/spi/v3`. A path that it does not have is the same 404 as a record that it does not have. */
export function apiApp(sandbox: Sandbox): Hono<{ Bindings: Exchange }> {
  const api = new Hono<{ Bindings: Exchange }>().basePath('/spi/v3')
  const tooLarge = () => respond({ status: 413, body: { error: 'Request Entity Too Large' } })
  api.use(bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }))
  accountRoutes(api, sandbox)
  jobRoutes(api, sandbox)
  stageRoutes(api, sandbox)
  memberRoutes(api, sandbox)
  candidateRoutes(api, sandbox)
  tagRoutes(api, sandbox)
  api.notFound(() => respond(notFound))
  // answer.ts tells of a mistake of the sandbox, in one place.
  api.onError(error => {
    throw error
  })
  return api
}
