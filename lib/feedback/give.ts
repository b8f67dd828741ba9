import { and, eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { atsRequests, feedback } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { tidyLine } from '#lib/forms/text.ts'
import { newId } from '#lib/ids.ts'
import { createLimiter, take } from '#lib/limits/limiter.ts'
import { readWalk } from '#lib/link-sessions/read.ts'

const longest = 1000

/** So much is said by nobody: an hour's rows of one person end here. */
const said = createLimiter({ name: 'feedback', points: 60, seconds: 3600, withoutDatabase: 5 })

type Kind = (typeof feedback.$inferSelect)['kind']
type Input = { sessionId: string; kind: Kind; anchor?: string; yes?: 'yes' | 'no'; words?: string }

/** Keeps what somebody says on the way, for the partner: once per walk, kind and place; a second answer replaces the first. */
export async function giveFeedback(user: UserActor, input: Input): Promise<void> {
  await take(said, user.userId)
  const anchor = tidyLine(input.anchor ?? '').slice(0, 100)
  await transaction(async tx => {
    const { actor, connector, id } = await readWalk(user, input.sessionId, tx, true)
    await tx
      .delete(feedback)
      .where(and(eq(feedback.linkSessionId, id), eq(feedback.kind, input.kind), eq(feedback.anchor, anchor)))
    await tx.insert(feedback).values({
      id: newId(),
      workspaceId: actor.workspaceId,
      memberId: actor.memberId,
      linkSessionId: id,
      connector: connector?.manifest.id ?? null,
      kind: input.kind,
      anchor,
      yes: input.yes ?? null,
      words: (input.words ?? '').replaceAll('\0', '').slice(0, longest),
    })
  })
}

/** Keeps that somebody looked for an ATS that is not here yet; once a workspace and name. */
export async function askForAts(user: UserActor, input: { sessionId: string; name: string }): Promise<void> {
  const name = tidyLine(input.name)
  if (name === '' || name.length > 80) throw invalid({ name: { key: 'wizard.ats.name_wrong' } })
  await take(said, user.userId)
  await transaction(async tx => {
    const { actor } = await readWalk(user, input.sessionId, tx)
    await tx
      .insert(atsRequests)
      .values({ id: newId(), workspaceId: actor.workspaceId, memberId: actor.memberId, name })
      .onConflictDoNothing()
  })
}
