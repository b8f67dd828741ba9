import type { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import { type Job, type Member, memberRoles } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { State } from '../state.ts'
import { type ApiContext, type Caller, endpoint } from './endpoint.ts'
import { jobOfPath, seenJob } from './find.ts'
import { memberJson, recruiterJson, teamMemberJson } from './member-json.ts'
import { cutPage, pagingOf } from './paging.ts'
import { readListQuery } from './query.ts'
import { invalid, notFound, type Reply } from './replies.ts'

const roleSchema = z.enum(memberRoles).nullable()
const statusSchema = z.enum(['active', 'inactive', 'all']).nullable()

/** `GET /members`, `/recruiters`, `/jobs/:shortcode/members` and `/jobs/:shortcode/recruiters`. */
export function memberRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/members',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: caller => caller.account,
      reply: (_, caller, c) => listMembers(sandbox, caller, c),
    }),
  )
  api.get(
    '/recruiters',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: caller => caller.account,
      reply: account =>
        recruiters([...sandbox.state.members.values()].filter(m => m.accountId === account.id)),
    }),
  )
  api.get(
    '/jobs/:shortcode/members',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: (caller, c) => jobOfPath(sandbox.state, caller, c),
      reply: job => ({
        status: 200,
        body: { members: teamOf(sandbox.state, job).map(({ member, role }) => teamMemberJson(member, role)) },
      }),
    }),
  )
  api.get(
    '/jobs/:shortcode/recruiters',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: (caller, c) => jobOfPath(sandbox.state, caller, c),
      reply: job => recruiters(teamOf(sandbox.state, job).map(({ member }) => member)),
    }),
  )
}

/** The active members of a job's hiring team, with their role in it. */
export function teamOf(state: State, job: Job): { member: Member; role: Job['team'][number]['role'] }[] {
  return job.team.flatMap(({ memberId, role }) => {
    const member = state.members.get(memberId)
    return member?.active ? [{ member, role }] : []
  })
}

function recruiters(members: readonly Member[]): Reply {
  const recruiting = members.filter(m => m.active && (m.role === 'admin' || m.role === 'simple'))
  return { status: 200, body: { recruiters: recruiting.map(recruiterJson) } }
}

function listMembers(sandbox: Sandbox, caller: Caller, c: ApiContext): Reply {
  const { account } = caller
  const params = new URL(c.req.url).searchParams
  const query = readListQuery(params)
  if ('status' in query) return query
  const role = roleSchema.safeParse(params.get('role'))
  if (!role.success) return invalid('role', 'is not included in the list')
  const status = statusSchema.safeParse(params.get('status'))
  if (!status.success) return invalid('status', 'is not included in the list')
  const shortcode = params.get('shortcode')
  const job = shortcode === null ? null : seenJob(sandbox.state, caller, shortcode)
  if (shortcode !== null && job === null) return notFound

  const email = params.get('email')
  const name = params.get('name')?.toLowerCase()
  const page = cutPage(
    sandbox.state.members.values(),
    query,
    member =>
      member.accountId === account.id &&
      (role.data === null || member.role === role.data) &&
      (status.data === 'all' || member.active === (status.data !== 'inactive')) &&
      (job === null || job.team.some(({ memberId }) => memberId === member.id)) &&
      (email === null || member.email === email) &&
      (name === undefined || member.name.toLowerCase().includes(name)),
  )
  const origin = originOf(sandbox.port, account.subdomain)
  return {
    status: 200,
    body: {
      members: page.items.map(memberJson),
      ...pagingOf(page, { origin, path: '/spi/v3/members', limit: query.limit, params }),
    },
  }
}
