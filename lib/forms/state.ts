import { randomUUID } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db } from '#lib/db/client.ts'
import { formStates } from '#lib/db/schema/index.ts'
import type { Problems } from '#lib/errors.ts'
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
 * @param shown the names of the fields that come back; a secret is never one of them
 * @returns the id that goes into the address as `form`
 */
export async function keepForm(
  reader: Reader,
  form: string,
  fields: Fields,
  shown: readonly string[],
  problems: Problems,
): Promise<string> {
  const id = randomUUID()
  const values = Object.fromEntries(shown.map(name => [name, printable(fields[name] ?? '')]))
  await db()
    .insert(formStates)
    .values({
      id,
      readerHash: hashOf(reader),
      form,
      values,
      problems,
      expiresAt: sql`now() + interval '10 minutes'`,
    })
  return id
}

/** What was kept under an id, or nothing: not there, not this form's, not this reader's, or too old. */
export async function readForm(reader: Reader, form: string, id: unknown): Promise<FormState | undefined> {
  const parsed = z.uuid().safeParse(id)
  if (!parsed.success) return undefined
  const [row] = await db()
    .select({ values: formStates.values, problems: formStates.problems })
    .from(formStates)
    .where(
      and(
        eq(formStates.id, parsed.data),
        eq(formStates.form, form),
        eq(formStates.readerHash, hashOf(reader)),
        gt(formStates.expiresAt, sql`now()`),
      ),
    )
  return row
}

/** PostgreSQL keeps no NUL in JSON. */
const printable = (text: string) => text.replaceAll('\0', '').slice(0, longestShown)
