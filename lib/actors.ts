/** What a member may be in a workspace (`product.md`), from the least to the most. */
export const memberRoles = ['viewer', 'recruiter', 'admin', 'owner'] as const
export type MemberRole = (typeof memberRoles)[number]

/** From where somebody acts, as it was when her session began: the peer's address and what the browser says of itself. */
export type From = { address: string; userAgent: string }

/** A signed-in person in one workspace. The edge makes it from the session; verbs trust it and check `role`. */
export type MemberActor = {
  kind: 'member'
  partnerId: string
  workspaceId: string
  memberId: string
  userId: string
  sessionId: string
  role: MemberRole
  name: string
  email: string
  from?: From
}

/** A signed-in person outside of any workspace, such as on the page that chooses one. */
export type UserActor = {
  kind: 'user'
  userId: string
  sessionId: string
  name: string
  email: string
  from?: From
}

/** What somebody may be in a partner (`product.md`). */
export type PartnerRole = 'support' | 'admin' | 'owner'

/** A signed-in person of the partner, in its console. */
export type PartnerActor = {
  kind: 'partner'
  partnerId: string
  userId: string
  sessionId: string
  role: PartnerRole
  name: string
  email: string
  from?: From
}

/** Nobody that we know yet. */
export type VisitorActor = { kind: 'visitor'; from?: From }

/** Our own tasks and scripts; `task` names which, for the record. */
export type SystemActor = { kind: 'system'; task: string }

/** Whoever calls a verb. Partners' API keys, webhooks and invited admins join when they exist. */
export type Actor = MemberActor | UserActor | PartnerActor | VisitorActor | SystemActor
