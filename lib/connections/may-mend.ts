import type { MemberActor } from '#lib/actors.ts'
import { GangwayError } from '#lib/errors.ts'
import { can } from '#lib/members/roles.ts'

/** May she look after a connection: check, rename, give it a new key? Who manages integrations may, and whoever made it. */
export const mayMend = (actor: MemberActor, connection: { createdBy: string }): boolean =>
  can(actor.role, 'manage_integrations') ||
  (connection.createdBy === actor.memberId && can(actor.role, 'mend_own_connections'))

/** Throws `forbidden`, in words that say who may, unless she may mend it. */
export function mustMend(actor: MemberActor, connection: { createdBy: string }): void {
  if (mayMend(actor, connection)) return
  throw new GangwayError('forbidden', `${actor.role} may not change this connection`, {
    said: { key: 'connections.change_forbidden' },
  })
}
