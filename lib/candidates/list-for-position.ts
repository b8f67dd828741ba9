import type { MemberActor } from '#lib/actors.ts'
import { accessForConnection, keepRate } from '#lib/connections/access.ts'
import { AtsError, type AtsFailure } from '#lib/connectors/api.ts'
import type { Page, RemoteCandidate } from '#lib/connectors/remote.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { GangwayError } from '#lib/errors.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { readLink } from '#lib/position-links/read.ts'
import { giveCursor, takeCursor } from './page-cursor.ts'

/** The job over there, as last fetched. */
export type LinkedJob = { title: string; url: string | null }

export type CandidatesView =
  | { state: 'not_linked' }
  | { state: 'read'; job: LinkedJob; page: Page<RemoteCandidate> }
  /** Why they cannot be read now, and when asking again makes sense. */
  | {
      state: 'failed'
      job: LinkedJob
      failure: AtsFailure | 'credential_unreadable' | 'not_usable'
      retryAt?: Date
    }

/**
 * The candidates of the job that a position is linked to, a page at a time, read live: nothing of them is stored. A neighbour
 * that fails is a sentence on the page, not an error of it. `cursor` is the `next` of the page before;
 * any other starts at the beginning.
 */
export async function listCandidatesForPosition(
  actor: MemberActor,
  input: { positionId: string; cursor?: string | undefined },
): Promise<CandidatesView> {
  mustBeAllowed(actor, 'look')
  const linked = await readLink(actor, input.positionId)
  if (!linked) return { state: 'not_linked' }
  const { title, url } = linked.job
  const job = { title, url }
  try {
    const { api, connector } = await accessForConnection(linked.connection)
    const cursor = input.cursor && takeCursor(linked.link.id, input.cursor)
    const { items, next } = await connector.listCandidates(api, linked.job, cursor)
    await keepRate(linked.connection.id, api)
    return { state: 'read', job, page: next ? { items, next: giveCursor(linked.link.id, next) } : { items } }
  } catch (error) {
    return failureOf(error, job)
  }
}

function failureOf(error: unknown, job: LinkedJob): CandidatesView {
  if (error instanceof AtsError) {
    return {
      state: 'failed',
      job,
      failure: error.failure,
      ...(error.retryAt ? { retryAt: error.retryAt } : {}),
    }
  }
  if (error instanceof SealError) return { state: 'failed', job, failure: 'credential_unreadable' }
  if (error instanceof GangwayError && error.code === 'conflict')
    return { state: 'failed', job, failure: 'not_usable' }
  throw error
}
