import type { MemberActor } from '#lib/actors.ts'
import { can } from '#lib/members/roles.ts'

/** May she check a connection and give it a new key? Who manages integrations may, and whoever made it. */
export const mayMend = (actor: MemberActor, connection: { createdBy: string }): boolean =>
  can(actor.role, 'manage_integrations') ||
  (connection.createdBy === actor.memberId && can(actor.role, 'mend_own_connections'))
