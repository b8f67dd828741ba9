import type { Api } from '../api.ts'
import type { Finding, VerifyContext } from '../contract.ts'
import { type Member, membersReply } from './mapping.ts'
import { bodyOf, failed, mustBeWorkable, read } from './replies.ts'

/** Three hundred members: with more, a look through all of them would use up the rate limit. */
const mostPages = 3

/**
 * Is the person a member, by e-mail, letter case aside? The filter is documented as exact, so a miss is followed by a look through the list.
 * Partner tokens do not see members.
 */
export async function checkMember(api: Api, { email }: VerifyContext): Promise<Finding> {
  const reply = await read(api, { path: '/members', query: { email } })
  if ([401, 403, 404].includes(reply.status))
    return { check: 'member', state: 'not_certain', detail: 'hidden' }
  const filtered = named(bodyOf(membersReply, reply).members, email)
  if (filtered) return found(filtered, email)
  return lookThrough(api, email)
}

async function lookThrough(api: Api, email: string): Promise<Finding> {
  let reply = mustBeWorkable(await api.request({ path: '/members', query: { limit: 100 } }))
  for (let page = 1; ; page += 1) {
    if (reply.status !== 200) throw failed(reply)
    const { members, paging } = bodyOf(membersReply, reply)
    const member = named(members, email)
    if (member) return found(member, email)
    if (!paging || members.length === 0)
      return { check: 'member', state: 'unknown_person', detail: 'unknown', values: { email } }
    if (page === mostPages)
      return { check: 'member', state: 'not_certain', detail: 'too_many', values: { email } }
    reply = mustBeWorkable(await api.follow(paging))
  }
}

const named = (members: readonly Member[], email: string): Member | undefined =>
  members.find(member => member.email.toLowerCase() === email.trim().toLowerCase())

const roles = new Set(['admin', 'simple', 'reviewer', 'no_access'])

function found({ id, name, role }: Member, email: string): Finding {
  const known = roles.has(role) ? role : 'other'
  return {
    check: 'member',
    state: 'passed',
    detail: 'passed',
    values: { email, name: name || email, role: known },
    member: { remoteId: id, name: name || email, role },
  }
}
