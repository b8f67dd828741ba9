import { toHex } from '../ids.ts'
import type { Job, Member } from '../records.ts'

/** The finer roles behind each role; only an admin's were recorded. */
const fineRoles = {
  admin: ['ats.admin', 'hris.admin', 'workable.superadmin'],
  simple: ['ats.standard'],
  reviewer: ['ats.reviewer'],
  no_access: [],
} as const satisfies Record<Member['role'], readonly string[]>

/** A member as in `GET /members`. */
export function memberJson(member: Member) {
  return {
    ...basics(member),
    hris_role: member.role === 'admin' ? 'hris_admin' : 'hris_no_access',
    roles: fineRoles[member.role],
    active: member.active,
    collaboration_rules: [],
    hris_member_scope: null,
  }
}

/** A member of a job's hiring team. */
export function teamMemberJson(member: Member, role: Job['team'][number]['role']) {
  return { ...basics(member), collaboration_role: role }
}

/** A recruiter: three members only. */
export function recruiterJson(member: Member) {
  return { id: toHex(member.id), name: member.name, email: member.email }
}

function basics(member: Member) {
  return {
    id: toHex(member.id),
    name: member.name,
    headline: member.headline,
    email: member.email,
    role: member.role,
    type: 'Member',
  }
}
