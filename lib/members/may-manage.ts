import { type MemberActor, type MemberRole, memberRoles } from '#lib/actors.ts'
import { GangwayError } from '#lib/errors.ts'
import { can } from './roles.ts'

/**
 * May somebody of this role invite people as `of`, make them `of`, and change or remove those who are? Admins up to admin;
 * owners are made and touched by owners alone.
 */
export const mayManage = (role: MemberRole, of: MemberRole): boolean =>
  can(role, of === 'owner' ? 'own_workspace' : 'manage_people')

/** The roles that somebody may give, from the least to the most. */
export const rolesToGive = (role: MemberRole): MemberRole[] => memberRoles.filter(of => mayManage(role, of))

/** Throws `forbidden`, in words that say who may, unless she may manage people of this role. */
export function mustManage(actor: Pick<MemberActor, 'role'>, of: MemberRole): void {
  if (mayManage(actor.role, of)) return
  throw new GangwayError('forbidden', `${actor.role} may not manage ${of}s`, {
    said: { key: of === 'owner' ? 'people.owners_only' : 'errors.forbidden' },
  })
}
