import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { linkSessions, members } from '#lib/db/schema/index.ts'
import type { Walk } from './read.ts'

/**
 * Notes at the screen of the sign-in why an attempt failed. `attempt` tells it from the one before; `minutes` is how long to wait,
 * where that is why.
 */
export async function noteFailedSignIn(
  tx: Tx,
  linkSessionId: string,
  values: { attempt: string; error: string; minutes?: string },
): Promise<void> {
  const problems = { '': { key: `wizard.sign_in.errors.${values.error}` } }
  await tx
    .update(linkSessions)
    .set({ shown: { step: 'sign-in', values, problems } })
    .where(and(eq(linkSessions.id, linkSessionId), eq(linkSessions.state, 'open')))
}

/**
 * Somebody has signed in: her walk goes on at the accounts, and none of them is chosen. An update, to be the part `won` of a larger
 * statement: it has no row where the walk does not wait for that any more, because it has ended, she turned to the other way while
 * the window was open, or she was removed from the workspace; nor where the part `retired` has one.
 */
export const walkGoesOn = (tx: Tx, user: UserActor, linkSessionId: string) =>
  tx
    .update(linkSessions)
    .set({
      answers: sql`${linkSessions.answers} - 'accountId'`,
      shown: null,
      step: 'account',
      lastStepAt: sql`now()`,
      expiresAt: sql`now() + interval '24 hours'`,
    })
    .from(members)
    .where(
      and(
        eq(linkSessions.id, linkSessionId),
        eq(linkSessions.state, 'open'),
        gt(linkSessions.expiresAt, sql`now()`),
        isNull(linkSessions.connectionId),
        sql`${linkSessions.answers} ->> 'way' = 'oauth'`,
        eq(members.id, linkSessions.startedBy),
        eq(members.userId, user.userId),
        isNull(members.removedAt),
        sql`not exists (select from retired)`,
      ),
    )
    .returning({ id: linkSessions.id })

/** Where a sign-in stands, as one word that changes when an attempt has ended. */
export const signInMark = ({ candidate, shown }: Walk): string =>
  `${candidate?.generation ?? 0}.${(shown?.step === 'sign-in' && shown.values.attempt) || ''}`

/**
 * Where a screen that waits since `mark` goes on: at the accounts, or where the attempt's failure is told. Undefined while
 * nothing has come.
 */
export function signInEnded(walk: Walk, mark: string): 'account' | 'sign-in' | undefined {
  const [before, now] = [mark.split('.'), signInMark(walk).split('.')]
  if (walk.candidate && now[0] !== before[0]) return 'account'
  return now[1] && now[1] !== before[1] ? 'sign-in' : undefined
}
