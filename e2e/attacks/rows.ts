/**
 * Who may open an address, one row each; `routes.ts` finds an address without one.
 * - anybody: nothing of a workspace is in it. person: whoever is signed in, about herself alone.
 * - partner: whoever belongs to a partner; what is shown is that partner's own.
 * - member: the workspace's people; `viewer` says whether the least of them may. walker: the one person whose walk it is.
 */
export type Row =
  | { for: 'anybody' }
  | { for: 'person' }
  | { for: 'member'; viewer: boolean; fields?: Readonly<Record<string, string>> }
  | { for: 'partner'; fields?: Readonly<Record<string, string>> }
  | { for: 'walker'; fields?: Readonly<Record<string, string>> }

const looks = { for: 'member', viewer: true } as const
const acts = { for: 'member', viewer: false } as const
const walks = { for: 'walker' } as const
const typed = { subdomain: 'acme', api_key: 'attack' }
const position = { title: 'Taken over', code: '', department: '', place: '', owner: '$member' }

const client = { client_id: 'taken-over', client_secret: 'a-secret-of-the-attacker' }

const number = { number: '+442079460199', label: 'Taken over', owner: '$member', calls: 'yes' }

const own = '/w/[workspace]'
const one = `${own}/positions/[id]`
const connection = `${own}/integrations/[connector]/[id]`
const receipt = `${own}/integrations/receipts/[receipt]`
const walk = '/link/[session]'
const member = `${own}/settings/people/[member]`
const invitation = `${own}/settings/invitations/[invitation]`
const invited = { email: 'taken-over@larkfield.example', role: 'admin' }

/** A value that begins with `$` is an id of the workspace under attack: ids are swapped inside bodies too. */
export const rows: Readonly<Record<string, Row>> = {
  '/': { for: 'person' },
  '/sign-in': { for: 'anybody' },
  '/sign-in/enter': { for: 'anybody' },
  '/sign-out': { for: 'anybody' },
  '/password': { for: 'anybody' },
  '/password/ask': { for: 'anybody' },
  '/password/sent': { for: 'anybody' },
  '/password/[secret]': { for: 'anybody' },
  '/password/[secret]/set': { for: 'anybody' },
  '/set-up/[secret]': { for: 'anybody' },
  '/set-up/[secret]/create': { for: 'anybody' },
  '/invitation/[secret]': { for: 'anybody' },
  '/invitation/[secret]/create': { for: 'anybody' },
  '/invitation/[secret]/enter': { for: 'anybody' },
  '/invitation/[secret]/join': { for: 'anybody' },
  '/invitation/[secret]/sign-out': { for: 'anybody' },
  '/api/auth/[...nextauth]': { for: 'anybody' },
  '/api/oauth/[appId]/callback': { for: 'anybody' },
  '/api/health/live': { for: 'anybody' },
  '/api/health/ready': { for: 'anybody' },
  '/account': { for: 'person' },
  '/account/save': { for: 'person' },
  '/account/password': { for: 'person' },
  '/account/sessions/end': { for: 'person' },
  '/account/sessions/end-others': { for: 'person' },
  '/account/workspaces': { for: 'person' },

  '/partner/customers': { for: 'partner' },
  '/partner/customers/new': { for: 'partner' },
  '/partner/customers/create': { for: 'partner', fields: { name: 'Taken over' } },
  '/partner/customers/invite': { for: 'partner' },
  '/partner/customers/invite/send': {
    for: 'partner',
    fields: { company: 'Taken over', email: 'taken-over@larkfield.example' },
  },
  '/partner/customers/[customer]/again': { for: 'partner' },
  '/partner/customers/[customer]/withdraw': { for: 'partner' },
  '/partner/mails': { for: 'partner' },
  '/partner/mails/[mail]': { for: 'partner' },
  '/partner/mails/[mail]/file': { for: 'partner' },
  '/partner/mails/[mail]/send': { for: 'partner' },
  '/partner/keys': { for: 'partner' },
  '/partner/oauth-apps': { for: 'partner' },
  '/partner/oauth-apps/new': { for: 'partner' },
  '/partner/oauth-apps/save': { for: 'partner', fields: client },
  '/partner/oauth-apps/[app]': { for: 'partner' },
  '/partner/oauth-apps/[app]/test': { for: 'partner' },
  '/partner/oauth-apps/[app]/replace': { for: 'partner', fields: client },
  '/partner/oauth-apps/[app]/remove': { for: 'partner' },

  [own]: looks,
  [`${own}/settings`]: looks,
  [`${own}/settings/invite`]: { ...acts, fields: invited },
  // Whoever is in it may leave it.
  [`${own}/settings/leave`]: looks,
  [`${member}/role`]: { ...acts, fields: { role: 'viewer' } },
  [`${member}/remove`]: acts,
  [`${invitation}/again`]: acts,
  [`${invitation}/withdraw`]: acts,
  [`${own}/settings/audit`]: looks,
  [`${own}/settings/audit/export`]: { ...acts, fields: { format: 'csv' } },
  [`${own}/notices`]: looks,
  [`${own}/notices/seen`]: { ...looks, fields: { newest: '$notice' } },
  [`${own}/positions`]: looks,
  [`${own}/positions/new`]: acts,
  [`${own}/positions/create`]: { ...acts, fields: position },
  [one]: looks,
  [`${one}/settings`]: looks,
  [`${one}/edit`]: { ...acts, fields: position },
  [`${one}/close`]: acts,
  [`${one}/reopen`]: acts,
  [`${one}/connect`]: acts,
  [`${one}/change-job`]: { ...acts, fields: { connection: '$connection' } },
  [`${one}/unlink`]: acts,

  [`${own}/numbers`]: looks,
  [`${own}/numbers/new`]: acts,
  [`${own}/numbers/create`]: { ...acts, fields: number },
  [`${own}/numbers/[number]`]: acts,
  [`${own}/numbers/[number]/edit`]: { ...acts, fields: number },
  [`${own}/numbers/[number]/remove`]: acts,

  [`${own}/integrations`]: looks,
  [`${own}/integrations/[connector]`]: looks,
  [`${own}/integrations/[connector]/new-authentication`]: { ...acts, fields: { environment: 'sandbox' } },
  [connection]: looks,
  [`${connection}/activity`]: looks,
  [`${connection}/permissions`]: looks,
  [`${connection}/positions`]: looks,
  [`${connection}/numbers`]: looks,
  [`${connection}/numbers/choose`]: { ...acts, fields: { calls_0: '$number', known: '' } },
  [`${connection}/consents/[consent]`]: looks,
  [`${connection}/check-now`]: acts,
  [`${connection}/new-key`]: acts,
  [`${connection}/settings`]: looks,
  [`${connection}/rename`]: { ...acts, fields: { name: 'Taken over' } },
  [`${connection}/expiry`]: { ...acts, fields: { key_expires_on: '', drop: 'yes' } },
  [`${connection}/active`]: { ...acts, fields: { active: 'no', from: 'list' } },
  [`${connection}/delete`]: { ...acts, fields: { word: 'DELETE' } },
  [receipt]: looks,
  [`${receipt}/file`]: looks,
  [`${receipt}/revoked`]: acts,

  [walk]: walks,
  [`${walk}/ats`]: walks,
  [`${walk}/ats/pick`]: { ...walks, fields: { ats: 'workable/sandbox' } },
  [`${walk}/ats/ask`]: { ...walks, fields: { name: 'Other' } },
  [`${walk}/ats/use`]: { ...walks, fields: { connection: '$connection' } },
  [`${walk}/how`]: walks,
  [`${walk}/how/choose`]: { ...walks, fields: { way: 'api_key' } },
  [`${walk}/admin`]: walks,
  [`${walk}/admin/answer`]: { ...walks, fields: { admin: 'me' } },
  [`${walk}/permissions`]: walks,
  [`${walk}/permissions/agree`]: { ...walks, fields: { permissions: 'read' } },
  [`${walk}/sign-in`]: walks,
  [`${walk}/sign-in/start`]: walks,
  [`${walk}/sign-in/state`]: walks,
  [`${walk}/sign-in/back`]: walks,
  [`${walk}/account`]: walks,
  [`${walk}/account/use`]: { ...walks, fields: { account: 'attack' } },
  [`${walk}/enter`]: walks,
  [`${walk}/enter-all`]: { ...walks, fields: typed },
  [`${walk}/enter/[field]`]: walks,
  [`${walk}/enter/[field]/save`]: { ...walks, fields: typed },
  [`${walk}/check`]: walks,
  [`${walk}/check/account`]: walks,
  [`${walk}/check/again`]: { ...walks, fields: { api_key: 'attack' } },
  [`${walk}/check/confirm`]: walks,
  [`${walk}/check/replace`]: walks,
  [`${walk}/check/use`]: { ...walks, fields: { connection: '$connection' } },
  [`${walk}/job`]: walks,
  [`${walk}/job/fetch`]: walks,
  [`${walk}/job/link`]: { ...walks, fields: { job: '$job' } },
  [`${walk}/numbers`]: walks,
  [`${walk}/numbers/choose`]: { ...walks, fields: { calls_0: '$number', known: '' } },
  [`${walk}/numbers/skip`]: walks,
  [`${walk}/done`]: walks,
  [`${walk}/feedback`]: { ...walks, fields: { screen: 'done', kind: 'went_well', yes: 'yes' } },
  [`${walk}/start-again`]: walks,
}
