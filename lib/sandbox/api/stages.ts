import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import { toHex } from '../ids.ts'
import type { Pipeline } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { State } from '../state.ts'
import { endpoint } from './endpoint.ts'
import { jobOfPath, pipelineOf } from './find.ts'

/** `GET /stages`, the account's pipeline, and `GET /jobs/:shortcode/stages`. Neither is paged. */
export function stageRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/stages',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: caller => defaultPipeline(sandbox.state, caller.account.id),
      reply: pipeline => ({ status: 200, body: stagesJson(pipeline) }),
    }),
  )
  api.get(
    '/jobs/:shortcode/stages',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: (caller, c) => jobOfPath(sandbox.state, caller, c),
      reply: job => ({ status: 200, body: stagesJson(pipelineOf(sandbox.state, job)) }),
    }),
  )
}

/** The pipeline that an account's new jobs start with. */
export function defaultPipeline(state: State, accountId: number): Pipeline | null {
  for (const pipeline of state.pipelines.values()) {
    if (pipeline.accountId === accountId && pipeline.isDefault) return pipeline
  }
  return null
}

function stagesJson(pipeline: Pipeline) {
  const stages = pipeline.stages.map((stage, index) => ({
    id: stage.id,
    identifier: toHex(stage.id),
    slug: stage.slug,
    name: stage.name,
    kind: stage.kind,
    position: index + 1,
  }))
  return { stages }
}
