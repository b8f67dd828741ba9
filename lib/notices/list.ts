import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { db } from '#lib/db/client.ts'
import { newestFirst } from '#lib/db/newest-first.ts'
import { connections, notices } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { type NoticeContent, noticeContent } from './kinds.ts'

/** A notice, ready to show, with the connection that it is about as it is called now. */
export type NoticeRow = {
  id: string
  at: Date
  seen: boolean
  /** When what it speaks of was no longer so. */
  settledAt: Date | null
  content: NoticeContent
  connection: {
    id: string
    name: string
    connector: string
    environment: Environment
    way: 'api_key' | 'oauth'
    living: boolean
  }
}

export const pageSize = 50

/** Her own notices, newest first, a page of 50 after the notice `after`; `more` says that there is a next page. */
export async function listNotices(
  actor: MemberActor,
  after?: string,
): Promise<{ rows: NoticeRow[]; more: boolean }> {
  mustBeAllowed(actor, 'look')
  const found = await pageQuery(actor, after)
  const rows = found.slice(0, pageSize).flatMap(({ notice, connection }) => {
    const content = noticeContent(notice.kind, notice.data)
    return content ? [rowOf(notice, content, connection)] : []
  })
  return { rows, more: found.length > pageSize }
}

/** The query of a page and one row more; it reads the index `notices_list` as far as the page goes. */
export function pageQuery(actor: MemberActor, after?: string) {
  const start =
    after && isId(after)
      ? sql`(${notices.createdAt}, ${notices.id}) < (select n.created_at, n.id from notices n
          where n.id = ${after} and n.member_id = ${actor.memberId})`
      : undefined
  return db()
    .select({ notice: notices, connection: connections })
    .from(notices)
    .innerJoin(
      connections,
      and(eq(connections.id, notices.subjectId), eq(connections.workspaceId, notices.workspaceId)),
    )
    .where(and(eq(notices.memberId, actor.memberId), eq(notices.workspaceId, actor.workspaceId), start))
    .orderBy(...newestFirst(notices.createdAt, notices.id))
    .limit(pageSize + 1)
}

function rowOf(
  notice: typeof notices.$inferSelect,
  content: NoticeContent,
  { id, name, connector, environment, way, status }: typeof connections.$inferSelect,
): NoticeRow {
  return {
    id: notice.id,
    at: notice.createdAt,
    seen: notice.seenAt !== null,
    settledAt: notice.settledAt,
    content,
    connection: { id, name, connector, environment, way, living: status !== 'deleted' },
  }
}
