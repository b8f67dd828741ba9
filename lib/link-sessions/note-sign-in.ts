import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import type { Tx } from '#lib/db/client.ts'
import { linkSessions, members } from '#lib/db/schema/index.ts'
import type { Walk } from './read.ts'
import { choicesFor } from './scopes.ts'

/** What a sign-in was for: a walk, the ATS at which somebody signed in, and the scopes that were asked for. */
type SignIn = {
  linkSessionId: string
  connector: string
  environment: Environment
  scopes: readonly string[]
}

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
 * statement: it has no row where the walk does not wait for that any more, because it has ended, she turned to the other way, to
 * another ATS or to other permissions while the window was open, or she was removed from the workspace; nor where the part
 * `retired` has one.
 */
export const walkGoesOn = (tx: Tx, signIn: SignIn) =>
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
        eq(linkSessions.id, signIn.linkSessionId),
        eq(linkSessions.state, 'open'),
        gt(linkSessions.expiresAt, sql`now()`),
        isNull(linkSessions.connectionId),
        sql`${linkSessions.answers} ->> 'way' = 'oauth'`,
        // A token goes to no other host than the one that gave it, and nothing is kept that she did not agree to.
        eq(linkSessions.connector, signIn.connector),
        eq(linkSessions.environment, signIn.environment),
        inArray(
          sql`${linkSessions.answers} ->> 'permissions'`,
          choicesFor(connectorById(signIn.connector), signIn.scopes),
        ),
        eq(members.id, linkSessions.startedBy),
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
