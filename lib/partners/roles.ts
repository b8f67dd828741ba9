import type { PartnerActor, PartnerRole } from '#lib/actors.ts'
import { GangwayError } from '#lib/errors.ts'

/** What somebody may do for the partner. Support sees health and no data (`product.md`, Words). */
export const partnerActs = [
  'see_health',
  'manage_customers',
  'manage_oauth_apps',
  'read_mail',
  'see_keys',
] as const
export type PartnerAct = (typeof partnerActs)[number]

const roles = {
  support: ['see_health'],
  admin: ['see_health', 'manage_customers', 'manage_oauth_apps'],
  owner: partnerActs,
} as const satisfies Record<PartnerRole, readonly PartnerAct[]>

/** Whether a role of the partner allows an act. */
export const partnerCan = (role: PartnerRole, act: PartnerAct): boolean =>
  (roles[role] as readonly PartnerAct[]).includes(act)

/** The roles that allow an act. */
export const rolesWith = (act: PartnerAct): PartnerRole[] =>
  (Object.keys(roles) as PartnerRole[]).filter(role => partnerCan(role, act))

/** The first line of each verb of the partner's: throws `forbidden` unless the actor's role allows the act. */
export function partnerMustBeAllowed(actor: PartnerActor, act: PartnerAct): void {
  if (!partnerCan(actor.role, act))
    throw new GangwayError('forbidden', `partner ${actor.role} may not ${act}`)
}
