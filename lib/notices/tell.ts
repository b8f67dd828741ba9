import { eq } from 'drizzle-orm'
import { type Tx, transaction } from '#lib/db/client.ts'
import { events, notices } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { MailContent } from '#lib/mail/kinds.ts'
import { queueMail } from '#lib/mail/queue.ts'
import { type Concerned, connectionPath, holdConnection, keyPath, whomToTell } from './connection.ts'
import { type NoticeContent, noticeContent } from './kinds.ts'
import { settleNotices, settleReminders } from './settle.ts'
import { tellOfApp } from './tell-of-app.ts'

/** What is told: the notice, and the mail to the same people. `key` makes it one of each, however often the task runs. */
type News = { key: string; notice: NoticeContent; mail: MailContent }

/**
 * Tells whom a recorded change concerns, one notice and one mail each, and settles what it mends. Of what is not so any more
 * nobody is told.
 */
export async function tell(eventId: string): Promise<void> {
  await transaction(async tx => {
    const [event] = await tx.select().from(events).where(eq(events.id, eventId))
    if (event?.subjectKind === 'oauth_app') return tellOfApp(tx, event)
    const connection = event?.subjectKind === 'connection' && (await holdConnection(tx, event.subjectId))
    if (!event || !connection) return
    await settleNotices(tx, connection)
    const news = newsOf(event, connection)
    if (!news) return
    if (news.notice.kind === 'key_expires') await settleReminders(tx, connection, news.notice.data.days)
    await pass(tx, connection, news)
  })
}

function newsOf(event: typeof events.$inferSelect, connection: Concerned): News | undefined {
  const { status, healthSince, keyExpiresOn, version } = connection
  if (event.name === 'connection.needs_reauth' && status === 'needs_reauth') {
    const since = healthSince.toISOString()
    return {
      key: `needs_reauth:${event.id}`,
      notice: { kind: 'needs_reauth', data: { since } },
      mail: {
        kind: 'needs_reauth',
        data: { ...about(connection), path: connectionPath(connection), way: connection.way, since },
      },
    }
  }
  if (event.name !== 'connection.key_expires_soon' || status === 'deleted') return undefined
  const notice = noticeContent('key_expires', event.data)
  if (notice?.kind !== 'key_expires') return undefined
  const { left, expiresOn, days } = notice.data
  if (expiresOn !== keyExpiresOn || notice.data.version !== version) return undefined
  return {
    key: `key_expires:${connection.id}:${version}:${expiresOn}:${days}`,
    notice,
    mail: { kind: 'key_expires', data: { ...about(connection), path: keyPath(connection), left, expiresOn } },
  }
}

const about = (connection: Concerned) => ({
  workspace: connection.workspace,
  connection: connection.name,
  connector: connection.connector,
  account: connection.accountName,
  environment: connection.environment,
})

async function pass(tx: Tx, connection: Concerned, { key, notice, mail }: News): Promise<void> {
  const { workspaceId, partnerId, id: subjectId } = connection
  const people = await whomToTell(tx, connection)
  if (people.length === 0) return
  await tx
    .insert(notices)
    .values(
      people.map(({ memberId }) => ({
        ...notice,
        id: newId(),
        workspaceId,
        memberId,
        key,
        subjectKind: 'connection',
        subjectId,
      })),
    )
    .onConflictDoNothing()
  for (const { memberId, ...to } of people)
    await queueMail(tx, { ...mail, partnerId, workspaceId, to, key: `${key}:${memberId}` })
}
