import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import type { Tx } from '#lib/db/client.ts'
import { type events, mails, oauthApps, partnerMembers, users } from '#lib/db/schema/index.ts'
import type { MailContent } from '#lib/mail/kinds.ts'
import { queueMail } from '#lib/mail/queue.ts'
import { rolesWith } from '#lib/partners/roles.ts'
import { sendTask } from '#lib/queue/send.ts'

type Event = typeof events.$inferSelect
type App = typeof oauthApps.$inferSelect
type ToldOf = { mail: MailContent; key: string }

/** Minutes for which a server may be away before somebody is told: most outages are over by then, and nobody can do anything. */
const patienceMinutes = 15

/** How many stops back is looked for whoever was told of one. */
const most = 100

/**
 * Tells the partner's people who look after its OAuth apps that one has stopped, or may have, and those who were told when it works
 * again: one mail each. Of what is not so any more nobody is told.
 */
export async function tellOfApp(tx: Tx, event: Event): Promise<void> {
  const [app] = await tx.select().from(oauthApps).where(eq(oauthApps.id, event.subjectId)).for('share')
  if (!app) return
  if (event.name === 'oauth_app.stopped') return tellOfStop(tx, event, app)
  if (event.name === 'oauth_app.resumed') return tellOfEnd(tx, event, app)
  if (event.name !== 'oauth_app.refused_oddly') return
  const at = event.at.toISOString()
  await pass(tx, app, { key: event.id, mail: { kind: 'app_doubted', data: { ...about(app), at } } })
}

async function tellOfStop(tx: Tx, event: Event, app: App): Promise<void> {
  const { stoppedAt, stoppedReason: reason } = app
  // Works again, or has stopped anew or for another reason: that is another event.
  if (!stoppedAt || stoppedAt > event.at || reason !== event.data.reason) return
  const since = stoppedAt.toISOString()
  if (reason === 'app_refused') {
    const data = { ...about(app), since, source: app.source }
    return pass(tx, app, { key: event.id, mail: { kind: 'app_refused', data } })
  }
  const startAfter = new Date(event.at.getTime() + patienceMinutes * 60_000)
  if (startAfter > now()) return sendTask(tx, 'tell', { eventId: event.id }, { startAfter })
  await pass(tx, app, { key: event.id, mail: { kind: 'app_away', data: { ...about(app), since } } })
}

/** To those who were told of the stop that is over, and to nobody when it was too short to be told of. */
async function tellOfEnd(tx: Tx, event: Event, app: App): Promise<void> {
  if (app.state !== 'working') return
  const told = await tx
    .select({ userId: mails.userId, since: sql<string>`${mails.data}->>'since'` })
    .from(mails)
    .where(
      and(
        eq(mails.partnerId, app.partnerId),
        inArray(mails.kind, ['app_refused', 'app_away']),
        sql`${mails.data}->>'path' = ${pathOf(app)}`,
        sql`${mails.createdAt} > now() - interval '30 days'`,
      ),
    )
    .orderBy(desc(mails.createdAt))
    .limit(most)
  const [last] = told
  if (!last) return
  const whom = told.filter(({ since }) => since === last.since).map(({ userId }) => userId)
  const mail: MailContent = { kind: 'app_works', data: { ...about(app), at: event.at.toISOString() } }
  await pass(tx, app, { key: `${app.id}:${last.since}`, mail }, whom)
}

const pathOf = ({ id }: App): string => `/partner/oauth-apps/${id}`

const about = (app: App) => ({
  connector: app.connector,
  environment: app.environment,
  path: pathOf(app),
})

/** A mail to each of the partner's people who may manage its apps, of whom `only` some are meant; one a key, however often this runs. */
async function pass(
  tx: Tx,
  { partnerId }: App,
  { key, mail }: ToldOf,
  only?: readonly (string | null)[],
): Promise<void> {
  const people = await tx
    .select({
      userId: users.id,
      address: users.email,
      name: users.name,
      locale: users.locale,
      timeZone: users.timeZone,
    })
    .from(partnerMembers)
    .innerJoin(users, eq(users.id, partnerMembers.userId))
    .where(
      and(
        eq(partnerMembers.partnerId, partnerId),
        inArray(partnerMembers.role, rolesWith('manage_oauth_apps')),
        isNull(users.disabledAt),
      ),
    )
  for (const to of people)
    if (!only || only.includes(to.userId))
      await queueMail(tx, { ...mail, partnerId, to, key: `${mail.kind}:${key}:${to.userId}` })
}
