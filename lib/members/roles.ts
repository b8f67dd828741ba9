import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { GangwayError } from '#lib/errors.ts'

/** What somebody may do in a workspace, in the order in which it is shown. */
export const acts = [
  'look',
  'edit_positions',
  'connect',
  'link',
  'mend_own_connections',
  'manage_integrations',
  'manage_people',
  'read_audit',
  'own_workspace',
] as const
export type Act = (typeof acts)[number]

/** The one table of who may do what (`product.md`, Words). The app shows it as it stands here. */
export const roles = {
  viewer: ['look'],
  recruiter: ['look', 'edit_positions', 'connect', 'link', 'mend_own_connections'],
  admin: [
    'look',
    'edit_positions',
    'connect',
    'link',
    'mend_own_connections',
    'manage_integrations',
    'manage_people',
    'read_audit',
  ],
  owner: acts,
} as const satisfies Record<MemberRole, readonly Act[]>

/** Whether a role allows an act. */
export const can = (role: MemberRole, act: Act): boolean => (roles[role] as readonly Act[]).includes(act)

/** The first line of each verb: throws `forbidden` unless the actor's role allows the act. */
export function mustBeAllowed(actor: MemberActor, act: Act): void {
  if (!can(actor.role, act)) throw new GangwayError('forbidden', `${actor.role} may not ${act}`)
}
