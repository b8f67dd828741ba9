import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
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

/** Somebody has signed in: the walk goes on at the accounts, and none of them is chosen. */
export async function noteGranted(tx: Tx, walk: Walk): Promise<void> {
  const { accountId: _before, ...answers } = walk.progress.answers
  await tx
    .update(linkSessions)
    .set({
      answers,
      shown: null,
      step: 'account',
      lastStepAt: sql`now()`,
      expiresAt: sql`now() + interval '24 hours'`,
    })
    .where(eq(linkSessions.id, walk.id))
}

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
