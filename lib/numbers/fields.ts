import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { members, numbers, users } from '#lib/db/schema/index.ts'
import { GangwayError, invalid, type Problems, type Said } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { requiredLine } from '#lib/forms/text.ts'
import { parseNumber, shownNumber } from './phone.ts'

const form = z.object({ label: requiredLine(80), owner: z.uuid('numbers.problems.owner') })

export type NumberFields = {
  e164: string
  label: string
  ownerId: string
  carriesCalls: boolean
  carriesMessages: boolean
}

/**
 * What somebody typed about a number, understood. Throws `invalid` with all problems at their fields. A tick that is not there is
 * not set.
 */
export async function numberFields(tx: Tx, actor: MemberActor, fields: Fields): Promise<NumberFields> {
  const problems: Problems = {}
  const parsed = parseNumber(fields.number ?? '', fields.country ?? '')
  if (!parsed.ok) problems.number = parsed.problem
  const [carriesCalls, carriesMessages] = [Boolean(fields.calls), Boolean(fields.messages)]
  if (!carriesCalls && !carriesMessages) problems.calls = { key: 'numbers.problems.carries' }
  const { label, owner } = textsOf(fields, problems)
  if (owner && !(await isMember(tx, actor, owner))) problems.owner = { key: 'numbers.problems.owner' }
  if (!parsed.ok || Object.keys(problems).length > 0) throw invalid(problems)
  return { e164: parsed.e164, label, ownerId: owner, carriesCalls, carriesMessages }
}

function textsOf(fields: Fields, problems: Problems): { label: string; owner: string } {
  try {
    return parseForm(form, fields)
  } catch (error) {
    if (!(error instanceof GangwayError)) throw error
    Object.assign(problems, error.problems)
    return { label: '', owner: '' }
  }
}

async function isMember(tx: Tx, actor: MemberActor, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, id), eq(members.workspaceId, actor.workspaceId), isNull(members.removedAt)))
  return rows.length > 0
}

/** The number of this workspace that is the same, if there is one: its id, and the sentence that names it at the field. */
export async function sameNumber(
  tx: Tx,
  actor: MemberActor,
  e164: string,
): Promise<{ id: string; problem: Said } | undefined> {
  const [row] = await tx
    .select({ id: numbers.id, label: numbers.label, owner: users.name })
    .from(numbers)
    .innerJoin(members, eq(members.id, numbers.ownerId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(numbers.workspaceId, actor.workspaceId), eq(numbers.e164, e164), isNull(numbers.removedAt)))
  if (!row) return undefined
  const values = { number: shownNumber(e164).text, label: row.label, owner: row.owner }
  return { id: row.id, problem: { key: 'numbers.problems.taken', values } }
}
