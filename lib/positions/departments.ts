import { sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** The departments that positions name, to filter by; the first 100. Steps from one to the next in the index. */
export async function listDepartments(actor: MemberActor): Promise<string[]> {
  mustBeAllowed(actor, 'look')
  const { workspaceId } = actor
  const rows = await db().execute<{ department: string }>(sql`
    with recursive step as (
      (select department from positions where workspace_id = ${workspaceId} order by department limit 1)
      union all
      select (select department from positions
        where workspace_id = ${workspaceId} and department > step.department order by department limit 1)
      from step where step.department is not null
    )
    select department from step where department <> '' limit 100`)
  return rows.map(row => row.department)
}
