import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db } from '#lib/db/client.ts'
import { formStates } from '#lib/db/schema/index.ts'
import type { Problems } from '#lib/errors.ts'
import { isId, newId } from '#lib/ids.ts'
import type { Fields } from './parse.ts'

/** Whose form it is: only this session, or this browser where nobody is signed in, may see it again. */
export type Reader = { sessionId: string } | { visitor: string }

export type FormState = { values: Record<string, string>; problems: Problems }

/** A field is shown again up to here; more was no honest input. */
const longestShown = 12_000

const hashOf = (reader: Reader) =>
  hashToken('sessionId' in reader ? `session:${reader.sessionId}` : `visitor:${reader.visitor}`)

/**
 * Keeps what a form must show again, for ten minutes.
 *
 * @param about the form's name, and the names of the fields that come back; a secret is never one of them
 * @returns the id that goes into the address as `form`
 */
export async function keepForm(
  reader: Reader,
  about: { form: string; shown: readonly string[] },
  fields: Fields,
  problems: Problems,
): Promise<string> {
  const id = newId()
  const values = Object.fromEntries(about.shown.map(name => [name, printable(fields[name] ?? '')]))
  await db()
    .insert(formStates)
    .values({
      id,
      readerHash: hashOf(reader),
      form: about.form,
      values,
      problems,
      expiresAt: sql`now() + interval '10 minutes'`,
    })
  return id
}

/** What was kept under an id, or nothing: not there, not this form's, not one of these readers', or too old. */
export async function readForm(
  readers: readonly Reader[],
  form: string,
  id: string,
): Promise<FormState | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db()
    .select({ values: formStates.values, problems: formStates.problems })
    .from(formStates)
    .where(
      and(
        eq(formStates.id, id),
        eq(formStates.form, form),
        inArray(formStates.readerHash, readers.map(hashOf)),
        gt(formStates.expiresAt, sql`now()`),
      ),
    )
  return row
}

/** PostgreSQL keeps no NUL in JSON. */
const printable = (text: string) => text.replaceAll('\0', '').slice(0, longestShown)
