import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { UserActor } from '#lib/actors.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { hashToken, newSecret } from '#lib/crypto/tokens.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import type { SessionToken } from './find-session.ts'
import { hashNewPassword } from './new-password.ts'
import { holdPerson, type Person, readPerson } from './person.ts'
import { endSessionsOf } from './sessions.ts'
import { setPassword } from './set-password.ts'
import { checkPassword, type SignInFrom } from './sign-in.ts'

const form = z.object({
  current: z.string().min(1, 'forms.empty'),
  password: z.string().min(1, 'forms.empty'),
})

/**
 * Changes a person's own password: `current` is the one she has, which counts as a try to sign in, `password` the new one. All
 * her other sessions end; the one that asks goes on under a new secret, which is given back for its cookie. Of two changes at
 * the same time one wins, and the other is signed out. Throws `invalid` with the problems at their fields, `too_many`.
 */
export async function changePassword(
  actor: UserActor,
  fields: Fields,
  from: SignInFrom,
): Promise<SessionToken> {
  const { current, password } = parseForm(form, fields)
  const person = await readPerson(db(), actor.userId)
  if (!person) throw signedOut()
  await proveCurrent(actor, current, from)
  if (password === current) throw invalid({ password: { key: 'account.problems.same' } })
  const passwordHash = await hashNewPassword(password, person.context)
  const secret = await transaction(tx => change(tx, actor, person, passwordHash))
  return { secret, userId: actor.userId }
}

async function change(tx: Tx, actor: UserActor, person: Person, passwordHash: string): Promise<string> {
  const { userId, sessionId, from } = actor
  await holdPerson(tx, userId)
  await setPassword(tx, person, passwordHash)
  const secret = newSecret()
  const kept = await tx
    .update(sessions)
    .set({ secretHash: hashToken(secret), provenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  if (kept.length === 0) throw signedOut()
  const ended = await endSessionsOf(tx, userId, sessionId)
  const doer = { kind: 'user' as const, userId, ...(from && { from }) }
  await recordForPerson(tx, doer, { name: 'account.password_changed', userId, data: { sessions: ended } })
  return secret
}

async function proveCurrent(actor: UserActor, password: string, from: SignInFrom): Promise<void> {
  const wrong = () => invalid({ current: { key: 'prove.wrong' } })
  const userId = await checkPassword({ email: actor.email, password }, { ...from, by: actor }).catch(
    error => {
      throw error instanceof GangwayError && error.code === 'invalid' ? wrong() : error
    },
  )
  if (userId !== actor.userId) throw wrong()
}

const signedOut = () => new GangwayError('unauthenticated', 'session ended meanwhile')
