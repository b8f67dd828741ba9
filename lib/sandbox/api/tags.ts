import type { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import type { Candidate } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { type ApiContext, endpoint } from './endpoint.ts'
import { candidateOfPath, jobOf } from './find.ts'
import { invalid, type Reply } from './replies.ts'

const bodySchema = z.object({ tags: z.array(z.string().min(1).max(255)).max(1000) })

/** `PUT /candidates/:id/tags`: replaces the whole set. */
export function tagRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.put(
    '/candidates/:id/tags',
    endpoint(sandbox, {
      scope: 'w_candidates',
      find: (caller, c) => candidateOfPath(sandbox.state, caller, c),
      reply: (candidate, _, c) => replaceTags(sandbox, candidate, c),
    }),
  )
}

async function replaceTags(sandbox: Sandbox, candidate: Candidate, c: ApiContext): Promise<Reply> {
  // Recorded from production: an archived job's candidates cannot be written.
  if (jobOf(sandbox.state, candidate).state === 'archived')
    return { status: 403, body: { error: 'Forbidden' } }
  const body = bodySchema.safeParse(await c.req.json().catch(() => null))
  if (!body.success) return invalid('tags', 'is invalid')
  candidate.tags = [...new Set(body.data.tags)]
  candidate.updatedAt = sandbox.now()
  sandbox.touched()
  return { status: 200, body: { tags: candidate.tags } }
}
