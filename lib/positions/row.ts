import { sql } from 'drizzle-orm'
import type { PositionRow } from '#lib/views.ts'

/** The columns of a position with its owner and its living link; stands after `select` in `list.ts` and `read.ts`. */
export const positionColumns = sql`
  p.id, p.title, p.code, p.department, p.place, p.state, p.created_at, p.closed_at,
  p.created_at::text as created_exact, lower(p.title) as title_folded,
  p.owner_id, u.name as owner_name, m.removed_at is not null as owner_gone,
  l.id as link_id, l.created_at as linked_at, c.id as connection_id, c.name as connection_name, c.connector, c.environment, c.account_name, c.way,
  c.status, c.health, c.health_reason, c.health_since, c.refresh_problem, c.created_by as connection_made_by,
  j.id as job_id, j.remote_ref, j.title as job_title, j.state as job_state, j.url as job_url, j.gone_at`

/** Their tables, after the positions `p`. */
export const positionJoins = sql`
  join members m on m.id = p.owner_id
  join users u on u.id = m.user_id
  left join position_links l on l.position_id = p.id and l.ended_at is null
  left join connections c on c.id = l.connection_id
  left join jobs j on j.id = l.job_id`

/** A row of those columns as the driver gives it: moments may be text or `Date`. */
export type RawPosition = {
  id: string
  title: string
  code: string
  department: string
  place: string
  state: PositionRow['state']
  created_at: string | Date
  closed_at: string | Date | null
  created_exact: string
  title_folded: string
  owner_id: string
  owner_name: string
  owner_gone: boolean
  linked_at: string | Date
} & (({ link_id: string } & RawLink) | { link_id: null })

type RawLink = {
  connection_id: string
  connection_name: string
  connector: string
  environment: NonNullable<PositionRow['link']>['environment']
  account_name: string
  way: NonNullable<PositionRow['link']>['way']
  status: NonNullable<PositionRow['link']>['status']
  health: NonNullable<PositionRow['link']>['health']
  health_reason: NonNullable<PositionRow['link']>['healthReason']
  health_since: string | Date
  refresh_problem: NonNullable<PositionRow['link']>['refreshProblem']
  connection_made_by: string
  job_id: string
  remote_ref: string
  job_title: string
  job_state: NonNullable<PositionRow['link']>['job']['state']
  job_url: string | null
  gone_at: string | Date | null
}

/** The row as screens take it. */
export function toPositionRow(raw: RawPosition): PositionRow {
  const { id, title, code, department, place, state } = raw
  return {
    id,
    title,
    code,
    department,
    place,
    state,
    createdAt: new Date(raw.created_at),
    closedAt: raw.closed_at === null ? null : new Date(raw.closed_at),
    owner: { id: raw.owner_id, name: raw.owner_name, gone: raw.owner_gone },
    link: raw.link_id === null ? undefined : toLink(raw.link_id, raw.linked_at, raw),
  }
}

const toLink = (id: string, since: string | Date, raw: RawLink): NonNullable<PositionRow['link']> => ({
  id,
  since: new Date(since),
  connectionId: raw.connection_id,
  connectionName: raw.connection_name,
  connector: raw.connector,
  environment: raw.environment,
  accountName: raw.account_name,
  way: raw.way,
  status: raw.status,
  health: raw.health,
  healthReason: raw.health_reason,
  healthSince: new Date(raw.health_since),
  refreshProblem: raw.refresh_problem,
  connectionMadeBy: raw.connection_made_by,
  job: {
    id: raw.job_id,
    remoteRef: raw.remote_ref,
    title: raw.job_title,
    state: raw.job_state,
    url: raw.job_url,
    gone: raw.gone_at !== null,
  },
})
