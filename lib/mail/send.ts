import { and, eq, getTableColumns, isNotNull, lt, or, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db, transaction } from '#lib/db/client.ts'
import { mails, partners } from '#lib/db/schema/index.ts'
import { log } from '#lib/log.ts'
import { sendTask } from '#lib/queue/send.ts'
import { compose } from './compose.ts'
import { deliver } from './deliver.ts'
import { type MailServer, mailServer } from './mail-server.ts'
import { isLasting, MailError, type MailProblem } from './problems.ts'
import { openLink, shredLink } from './sealed-link.ts'

type Mail = typeof mails.$inferSelect & { partner: string }

/** Seconds for which a mail is one run's alone: longer than handing it over can take, shorter than its task lives. */
const lease = 50

/** Minutes until each next try. A server may be away for a night. */
const pauses = [0.25, 1, 5, 15, 30, 60, 120, 240, 480]

/**
 * Sends a mail that waits. Where no SMTP is set it is kept, to be read under Sent mail.
 *
 * It is marked as sent after the server has taken it: a process that dies in between leaves it to be sent a second time, under
 * the same Message-ID. Marked before, it could be lost, and nobody would know. While one run is at it, another leaves it alone and
 * looks again when that one's time is over.
 */
export async function sendMail(mailId: string, server: MailServer | undefined = mailServer()): Promise<void> {
  const mail = await claim(mailId)
  if (!mail) return lookAgain(mailId)
  if (!server) return settle(mail, { state: 'kept' })
  try {
    await handOver(mail, server)
  } catch (error) {
    return failed(mail, error)
  }
  await settle(mail, { state: 'sent', sentAt: sql`now()` })
}

/** Takes a mail that waits and that no other run is at. A run says by an empty `problem` that it is at it. */
async function claim(mailId: string): Promise<Mail | undefined> {
  const isFree = or(
    eq(mails.attempts, 0),
    isNotNull(mails.problem),
    lt(mails.triedAt, sql`now() - make_interval(secs => ${lease})`),
  )
  const [mail] = await db()
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, triedAt: sql`now()`, problem: null })
    .from(partners)
    .where(and(eq(mails.id, mailId), eq(mails.state, 'queued'), isFree, eq(partners.id, mails.partnerId)))
    .returning({ ...getTableColumns(mails), partner: partners.name })
  return mail
}

async function lookAgain(mailId: string): Promise<void> {
  const waits = and(eq(mails.id, mailId), eq(mails.state, 'queued'))
  if ((await db().$count(mails, waits)) === 0) return
  await sendTask(db(), 'send-mail', { mailId }, { startAfter: inMinutes(lease / 60) })
}

async function handOver(mail: Mail, server: MailServer): Promise<void> {
  const { envelope, message } = await compose(mail, await linkOf(mail), server.from)
  await deliver(server, envelope, message)
}

/** The path of its one-time address, if it is about one. */
async function linkOf(mail: Mail): Promise<string | undefined> {
  if (!mail.linkExpiresAt) return undefined
  if (!mail.sealedLink || (await hasEnded(mail.id))) throw new MailError('link_ended')
  try {
    return await openLink(db(), mail, mail.sealedLink)
  } catch (error) {
    throw error instanceof SealError ? new MailError('link_unreadable') : error
  }
}

const hasEnded = async (id: string): Promise<boolean> =>
  (await db().$count(mails, and(eq(mails.id, id), sql`${mails.linkExpiresAt} <= now()`))) > 0

/** Tried again later, or given up: at once where trying again cannot help. */
async function failed(mail: Mail, error: unknown): Promise<void> {
  const known = error instanceof MailError
  const problem = known ? error.problem : 'odd'
  const pause = pauses[mail.attempts - 1]
  log.warn({ mail: mail.id, problem, attempt: mail.attempts, ...(!known && { err: error }) }, 'mail not sent')
  if (isLasting(problem) || pause === undefined) return settle(mail, { state: 'failed', problem })
  await transaction(async tx => {
    await tx.update(mails).set({ problem }).where(ofThisRun(mail))
    await sendTask(tx, 'send-mail', { mailId: mail.id }, { startAfter: inMinutes(pause) })
  })
}

/** The end of a mail's way. Its address is shredded once the mail is out; one that is kept or failed still needs it. */
async function settle(
  mail: Mail,
  end:
    | { state: 'kept' }
    | { state: 'failed'; problem: MailProblem }
    | { state: 'sent'; sentAt: ReturnType<typeof sql> },
): Promise<void> {
  await transaction(async tx => {
    const out = end.state === 'sent'
    const set = out ? { ...end, sealedLink: null } : end
    const ended = await tx.update(mails).set(set).where(ofThisRun(mail)).returning({ id: mails.id })
    if (out && ended.length === 1) await shredLink(tx, mail)
  })
}

const ofThisRun = ({ id, attempts }: Mail) =>
  and(eq(mails.id, id), eq(mails.state, 'queued'), eq(mails.attempts, attempts))

const inMinutes = (minutes: number): Date => new Date(now().getTime() + minutes * 60_000)
