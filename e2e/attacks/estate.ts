import { randomUUID } from 'node:crypto'
import type { Product } from '../product.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Team } from '../team.ts'

type Hole =
  | 'workspace'
  | 'connector'
  | 'consent'
  | 'receipt'
  | 'session'
  | 'field'
  | 'member'
  | 'invitation'
  | 'customer'
  | 'number'
  | 'mail'
  | 'appId'
  | 'app'

/** A workspace with one of everything: what an attack is after. */
export type Estate = {
  team: Team
  holes: Readonly<Record<Hole, string>>
  ids: Readonly<Record<'position' | 'connection' | 'job' | 'member' | 'number' | 'notice', string>>
  /** What stands in it, as one text: the same before and after whatever changed nothing. */
  snapshot: () => Promise<string>
}

export async function newEstate(product: Product, sandbox: Sandbox): Promise<Estate> {
  const team = await product.newTeam({ samples: false })
  const { owner } = team.people
  const account = await sandbox.newAccount({ jobs: [] })
  const remoteRef = await sandbox.newJob(account, { title: 'Baker' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Baker', remoteRef })
  const open = await product.newPosition(team, 'Miller')
  const session = await product.newWalk(team, owner, open.id)
  const consent = randomUUID()
  await product.sql`insert into consents
    (id, workspace_id, link_session_id, connection_id, user_id, member_id, person_name, connector, permissions, scopes, locale, wording)
    values (${consent}, ${team.workspaceId}, ${session}, ${connection.id}, ${owner.userId}, ${owner.memberId}, ${owner.name},
      'workable', 'read', '["r_jobs"]', 'en', '{"title":"Review","groups":[]}')`
  const receipt = await newReceipt(product, sandbox, team)
  const number = await newNumber(product, team)
  return {
    team,
    holes: {
      workspace: team.slug,
      connector: 'workable',
      consent,
      receipt,
      number,
      session,
      field: 'subdomain',
      member: team.people.recruiter.memberId,
      invitation: await newInvitation(product, team),
      customer: await newInvitedCustomer(product, team),
      mail: await newMail(product, team),
      appId: await product.newOAuthApp(team, sandbox),
      app: await product.newLiveApp(team),
    },
    ids: {
      position: link.positionId,
      connection: connection.id,
      job: link.jobId,
      member: team.people.owner.memberId,
      number,
      notice: await newNotice(product, team, connection.id),
    },
    snapshot: () => snapshot(product, team),
  }
}

/** Somebody who is asked and has not come yet. */
async function newInvitation(product: Product, team: Team): Promise<string> {
  const id = randomUUID()
  await product.sql`insert into invitations (id, workspace_id, email, role, secret_hash, invited_by, expires_at)
    values (${id}, ${team.workspaceId}, 'invited@larkfield.example', 'viewer', ${randomUUID()}, ${team.people.owner.memberId},
      now() + interval '72 hours')`
  return id
}

/** A customer of the team's partner who is asked and has not come yet. */
async function newInvitedCustomer({ sql }: Product, team: Team): Promise<string> {
  const [id, invitation] = [randomUUID(), randomUUID()]
  await sql`insert into workspaces (id, partner_id, slug, name) values (${id}, ${team.partnerId}, ${id}, 'Quarry & Finch')`
  await sql`insert into invitations (id, workspace_id, email, role, secret_hash, expires_at)
    values (${invitation}, ${id}, 'ada@quarry.example', 'owner', ${invitation}, now() + interval '72 hours')`
  return id
}

/** A mail that was not sent, so that it could be sent again. */
async function newMail(product: Product, team: Team): Promise<string> {
  const id = randomUUID()
  await product.sql`insert into mails (id, partner_id, workspace_id, kind, to_address, locale, time_zone, data, state, problem)
    values (${id}, ${team.partnerId}, ${team.workspaceId}, 'password_changed', 'somebody@larkfield.example', 'en', 'UTC',
      '{"at":"2026-11-25T09:00:00.000Z"}', 'failed', 'address_refused')`
  return id
}

/** What the owner was told and has not seen. */
async function newNotice(product: Product, team: Team, connectionId: string): Promise<string> {
  const id = randomUUID()
  await product.sql`insert into notices (id, workspace_id, member_id, kind, key, subject_kind, subject_id, data)
    values (${id}, ${team.workspaceId}, ${team.people.owner.memberId}, 'needs_reauth', ${id}, 'connection', ${connectionId},
      '{"since":"2026-11-25T09:00:00.000Z"}')`
  return id
}

/** What is left of a connection that was deleted. */
async function newReceipt(product: Product, sandbox: Sandbox, team: Team): Promise<string> {
  const account = await sandbox.newAccount({ jobs: [] })
  const { id: connection } = await product.newConnection(team, sandbox, account)
  const id = randomUUID()
  const { owner } = team.people
  await product.sql`update connections set status = 'deleted' where id = ${connection}`
  await product.sql`insert into deletion_receipts
    (id, workspace_id, connection_id, connector, environment, name, account_name, subdomain, way, last_four, ended_links, deleted_by, deleted_by_name)
    values (${id}, ${team.workspaceId}, ${connection}, 'workable', 'sandbox', 'Old', 'Old', ${account.subdomain}, 'api_key', 'c41e', '[]',
      ${owner.memberId}, ${owner.name})`
  return id
}

/** A number that no connection uses yet. */
async function newNumber({ sql }: Product, team: Team): Promise<string> {
  const id = randomUUID()
  await sql`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    values (${id}, ${team.workspaceId}, '+442079460142', 'Front desk', ${team.people.owner.memberId}, true, true)`
  return id
}

const tables = [
  'positions',
  'position_links',
  'connections',
  'credentials',
  'jobs',
  'consents',
  'link_sessions',
].concat(
  'candidate_credentials',
  'checks',
  'feedback',
  'members',
  'events',
  'deletion_receipts',
  'mails',
  'notices',
  'invitations',
  'numbers',
  'connection_numbers',
)

const lines = (rows: readonly object[]): string => rows.map(row => JSON.stringify(row)).join('\n')

async function snapshot({ sql }: Product, team: Team): Promise<string> {
  const parts = await Promise.all(
    tables.map(async table => {
      const rows = await sql`select to_jsonb(t) - 'last_used_at' as row from ${sql(table)} t
        where workspace_id = ${team.workspaceId} order by row`
      return `${table}: ${rows.map(({ row }) => JSON.stringify(row)).join('\n')}`
    }),
  )
  const apps =
    await sql`select to_jsonb(t) as row from oauth_apps t where partner_id = ${team.partnerId} order by id`
  const customers = await sql`select to_jsonb(w) as workspace, to_jsonb(i) as invitation from workspaces w
    left join invitations i on i.workspace_id = w.id and i.invited_by is null where w.partner_id = ${team.partnerId} order by w.id`
  return [...parts, `oauth_apps: ${lines(apps)}`, `customers: ${lines(customers)}`].join('\n')
}
