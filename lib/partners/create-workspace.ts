import { like, sql } from 'drizzle-orm'
import type { Actor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { workspaces } from '#lib/db/schema/index.ts'
import { folded } from '#lib/forms/text.ts'
import { newId } from '#lib/ids.ts'
import { addMember } from '#lib/members/add-member.ts'

const longestSlug = 40

/** Makes a workspace and its owner. */
export async function createWorkspace(
  tx: Tx,
  actor: Actor,
  input: { partnerId: string; name: string; ownerId: string },
): Promise<{ workspaceId: string; slug: string; memberId: string }> {
  const { partnerId, ownerId: userId } = input
  const made = await createEmptyWorkspace(tx, actor, input)
  const { workspaceId } = made
  const memberId = await addMember(tx, actor, { partnerId, workspaceId, userId, role: 'owner' })
  return { ...made, memberId }
}

/** Makes a workspace that nobody is in yet. Its slug stands in addresses and comes from its name. */
export async function createEmptyWorkspace(
  tx: Tx,
  actor: Actor,
  { partnerId, name }: { partnerId: string; name: string },
): Promise<{ workspaceId: string; slug: string }> {
  const id = newId()
  const slug = await freeSlug(tx, slugOf(name))
  await tx.insert(workspaces).values({ id, partnerId, slug, name })
  await record(tx, actor, {
    name: 'workspace.created',
    subject: { kind: 'workspace', id },
    partnerId,
    workspaceId: id,
  })
  return { workspaceId: id, slug }
}

/** Lower-case ASCII letters, digits and hyphens; a name without any becomes `workspace`. */
export function slugOf(name: string): string {
  const words = folded(name).replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, longestSlug).replace(/^-+|-+$/g, '') || 'workspace'
}

/** Two of one name at the same moment come one after the other: the second sees the first one's slug. */
async function freeSlug(tx: Tx, slug: string): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('gangway/workspace-slug', 0))`)
  const rows = await tx
    .select({ slug: workspaces.slug })
    .from(workspaces)
    .where(like(workspaces.slug, `${slug}%`))
  const taken = new Set(rows.map(row => row.slug))
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number += 1
  return `${slug}-${number}`
}
