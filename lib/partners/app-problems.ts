import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { events } from '#lib/db/schema/index.ts'

/** What last went wrong at an app: refused, not answered, or one sign-in of it refused without a reason. */
export type AppProblem = { at: Date; kind: 'app_refused' | 'unavailable' | 'refused_oddly' }

const named = ['oauth_app.stopped', 'oauth_app.refused_oddly'] as const

/** The last problem that is on record of each of a partner's apps, by the app's id. */
export async function lastProblemsOf(
  partnerId: string,
  appIds: readonly string[],
): Promise<ReadonlyMap<string, AppProblem>> {
  if (appIds.length === 0) return new Map()
  const rows = await db()
    .selectDistinctOn([events.subjectId], {
      appId: events.subjectId,
      name: events.name,
      at: events.at,
      data: events.data,
    })
    .from(events)
    .where(
      and(
        // What concerns an app concerns no workspace; with it the index leads to each app's own.
        isNull(events.workspaceId),
        eq(events.subjectKind, 'oauth_app'),
        inArray(events.subjectId, [...appIds]),
        eq(events.partnerId, partnerId),
        inArray(events.name, [...named]),
      ),
    )
    .orderBy(events.subjectId, desc(events.at))
  return new Map(rows.map(({ appId, at, ...of }) => [appId, { at, kind: kindOf(of) }]))
}

function kindOf({ name, data }: { name: string; data: Record<string, unknown> }): AppProblem['kind'] {
  if (name === 'oauth_app.refused_oddly') return 'refused_oddly'
  return data.reason === 'unavailable' ? 'unavailable' : 'app_refused'
}
