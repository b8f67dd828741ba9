import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { members } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { folded, line, requiredLine } from '#lib/forms/text.ts'

/** Characters that each field takes at most. */
export const longest = { title: 200, code: 40, department: 80, place: 120 } as const

const form = z.object({
  title: requiredLine(longest.title),
  code: line(longest.code),
  department: line(longest.department),
  place: line(longest.place),
  owner: z.uuid('positions.problems.owner'),
})

export type PositionFields = {
  title: string
  code: string
  department: string
  place: string
  ownerId: string
  search: string
}

/**
 * What somebody typed about a position, tidied. An owner is a member of the workspace, or, though no longer here, whoever owns it
 * already (`owned`). Throws `invalid` with the problems at their fields.
 */
export async function positionFields(
  tx: Tx,
  actor: MemberActor,
  fields: Fields,
  owned?: string,
): Promise<PositionFields> {
  const { owner, ...texts } = parseForm(form, { ...fields, owner: fields.owner || actor.memberId })
  if (owner === owned) return { ...texts, ownerId: owner, search: searchText(texts) }
  const [member] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, owner), eq(members.workspaceId, actor.workspaceId), isNull(members.removedAt)))
  if (!member) throw invalid({ owner: { key: 'positions.problems.owner' } })
  return { ...texts, ownerId: member.id, search: searchText(texts) }
}

/** What the search field looks through. */
export const searchText = (texts: {
  title: string
  code: string
  department: string
  place: string
}): string => folded([texts.title, texts.code, texts.department, texts.place].join(' '))
