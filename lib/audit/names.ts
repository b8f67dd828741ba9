/**
 * Every change that can be recorded. Each has its words below `audit.events` in the messages (a test sees to it); the part before
 * the dot is its kind, by which the log is filtered.
 */
export const eventNames = [
  'account.edited',
  'account.password_changed',
  'account.password_reset',
  'account.password_reset_asked',
  'audit.exported',
  'connection.activated',
  'connection.activation_failed',
  'connection.activation_requested',
  'connection.activation_stopped',
  'connection.deactivated',
  'connection.deleted',
  'connection.expiry_changed',
  'connection.health_changed',
  'connection.key_expires_soon',
  'connection.key_replaced',
  'connection.key_revoked',
  'connection.made',
  'connection.moved',
  'connection.needs_reauth',
  'connection.numbers_changed',
  'connection.renamed',
  'invitation.accepted',
  'invitation.sent',
  'invitation.sent_again',
  'invitation.withdrawn',
  'grant.not_revoked',
  'grant.revoked',
  'link_session.abandoned',
  'link_session.done',
  'link_session.granted',
  'link_session.sign_in_failed',
  'link_session.sign_in_rejected',
  'link_session.started',
  'mail.link_shown',
  'mail.sent_again',
  'member.added',
  'member.left',
  'member.removed',
  'member.role_changed',
  'number.added',
  'number.edited',
  'number.removed',
  'oauth_app.refused_oddly',
  'oauth_app.removed',
  'oauth_app.resumed',
  'oauth_app.saved',
  'oauth_app.secret_replaced',
  'oauth_app.stopped',
  'oauth_app.tested',
  'partner.created',
  'partner.set_up',
  'position.closed',
  'position.created',
  'position.edited',
  'position.linked',
  'position.reopened',
  'position.unlinked',
  'session.ended',
  'session.ended_elsewhere',
  'session.others_ended',
  'session.refused',
  'session.started',
  'workspace.created',
  'workspace.removed',
] as const

export type EventName = (typeof eventNames)[number]

const told: readonly EventName[] = [
  'connection.activated',
  'connection.deactivated',
  'connection.deleted',
  'connection.expiry_changed',
  'connection.health_changed',
  'connection.key_expires_soon',
  'connection.key_replaced',
  'connection.needs_reauth',
  'oauth_app.refused_oddly',
  'oauth_app.resumed',
  'oauth_app.stopped',
]

/** Whether somebody is told of a change, by notice or mail, or what she was told before may be settled by it. */
export const isTold = (name: EventName): boolean => told.includes(name)

/** `connection` of `connection.made`. */
export const kindOf = (name: string): string => name.split('.', 1)[0] ?? name

/** What happens to the partner alone, and in no workspace. */
const ofPartner: readonly string[] = ['oauth_app', 'partner']

/** The kinds of change that a workspace's log can hold, in the order of the names. */
export const eventKinds: readonly string[] = [...new Set(eventNames.map(kindOf))].filter(
  kind => !ofPartner.includes(kind),
)
