import { randomUUID } from 'node:crypto'
import type { MemberActor, MemberRole, UserActor } from '#lib/actors.ts'
import type { Stack } from './fixtures.ts'
import type { Account, Sandbox } from './sandbox.ts'
import { noteSecret } from './secrets.ts'
import { connectBySigningIn, refreshInVain } from './signed-in.ts'
import { cookieOf, newTeam, type Person, type Team, unique } from './team.ts'

/** The product's own verbs on the database of this run, for what has to be there before a person comes. */
export type Product = Awaited<ReturnType<typeof openProduct>>

export async function openProduct(stack: Stack) {
  Object.assign(process.env, stack.env)
  const { closeDatabase, sqlClient } = await import('#lib/db/client.ts')
  const { leaksIn, leaksInDatabase, newCanary, searchIn } = await import('#lib/keys/leaks.ts')
  const { ownerlessGrants } = await import('#lib/oauth/ownerless-testing.ts')
  return {
    newTeam,
    newPosition,
    newConnection,
    newLink,
    newNumbers,
    linkSample,
    newWalk,
    newWalkAtKey,
    newOAuthApp,
    newSignedIn,
    refused: refreshInVain,
    newWalkAtSignIn,
    newWalkAtAccount,
    newMail,
    newLiveApp,
    newNotice,
    newInvitation,
    newInvitedCustomer,
    invitationPath,
    connectionsOf,
    cookieOf,
    sql: sqlClient(),
    leaksIn,
    leaksInDatabase,
    searchIn,
    openMailedLinks,
    ownerlessGrants,
    newCanary: () => noteSecret(newCanary()),
    close: closeDatabase,
  }
}

/** Makes an open position. */
async function newPosition(team: Team, title: string): Promise<{ id: string; title: string; path: string }> {
  const { db } = await import('#lib/db/client.ts')
  const { positions } = await import('#lib/db/schema/index.ts')
  const { newId } = await import('#lib/ids.ts')
  const id = newId()
  const { workspaceId, people } = team
  await db()
    .insert(positions)
    .values({ id, workspaceId, title, ownerId: people.owner.memberId, search: title.toLowerCase() })
  return { id, title, path: `/w/${team.slug}/positions/${id}` }
}

/** A person of a team as a verb knows her. */
function actorOf(team: Team, person: Person): MemberActor {
  const { partnerId, workspaceId } = team
  const { userId, memberId, role, name, email } = person
  return {
    kind: 'member',
    partnerId,
    workspaceId,
    memberId,
    userId,
    role,
    name,
    email,
    sessionId: randomUUID(),
  }
}

/** Connects an account of the sandbox, with a token of its own, in the owner's name. */
async function newConnection(team: Team, sandbox: Sandbox, account: Account) {
  const { connectTo } = await import('#lib/connections/testing.ts')
  const wish = { name: `Workable, ${account.name}`, accountName: account.name }
  return connectTo(sandbox, actorOf(team, team.people.owner), account.subdomain, wish)
}

/** The same by a sign-in of the account's admin, through an app of the team's partner. */
const newSignedIn = (team: Team, sandbox: Sandbox, account: Account, appId: string) =>
  connectBySigningIn(actorOf(team, team.people.owner), sandbox, account, appId)

/** A position that is linked through a connection, to a job of this title. */
async function newLink(team: Team, connectionId: string, job: { title: string; remoteRef: string }) {
  const { linkedPosition } = await import('#lib/connections/testing.ts')
  return linkedPosition(actorOf(team, team.people.owner), connectionId, job)
}

/** The six sample numbers, the first of which a connection uses for calls. Gives its id. */
async function newNumbers(team: Team, connectionId: string): Promise<string> {
  const { sqlClient, transaction } = await import('#lib/db/client.ts')
  const { addSampleNumbers } = await import('#lib/numbers/add-samples.ts')
  const { workspaceId, people } = team
  await transaction(tx => addSampleNumbers(tx, { workspaceId, owners: [people.owner.memberId] }))
  const sql = sqlClient()
  const [first] =
    await sql`select id from numbers where workspace_id = ${workspaceId} and carries_calls order by e164 limit 1`
  await sql`insert into connection_numbers (workspace_id, connection_id, number_id, use)
    values (${workspaceId}, ${connectionId}, ${String(first?.id)}, 'calls')`
  return String(first?.id)
}

/** Links the newest sample position that has no link yet. */
async function linkSample(team: Team, connectionId: string, remoteRef: string): Promise<void> {
  const { sqlClient } = await import('#lib/db/client.ts')
  const sql = sqlClient()
  const [sample] = await sql`select id, title from positions p where workspace_id = ${team.workspaceId}
    and not exists (select 1 from position_links l where l.position_id = p.id) order by created_at desc limit 1`
  const link = await newLink(team, connectionId, { title: String(sample?.title), remoteRef })
  await sql`update position_links set position_id = ${String(sample?.id)} where id = ${link.linkId}`
  await sql`delete from positions where id = ${link.positionId}`
}

/** A person's walk through the wizard, just begun. */
async function newWalk(team: Team, person: Person, positionId: string): Promise<string> {
  const { startLinkSession } = await import('#lib/link-sessions/start.ts')
  const { id } = await startLinkSession(actorOf(team, person), { positionId })
  return id
}

/** A person's walk that has come to the screen of the key, for a new position. Gives its address. */
async function newWalkAtKey(
  team: Team,
  account: Account,
  who: MemberRole = 'recruiter',
  title = `Baker ${unique()}`,
): Promise<string> {
  const { pickAts } = await import('#lib/link-sessions/pick-ats.ts')
  const { chooseWay, sayAdmin } = await import('#lib/link-sessions/choose.ts')
  const { agreePermissions } = await import('#lib/link-sessions/agree-permissions.ts')
  const { enterField } = await import('#lib/link-sessions/enter.ts')
  const person = team.people[who]
  const { userId, sessionId, name, email } = actorOf(team, person)
  const user: UserActor = { kind: 'user', userId, sessionId, name, email }
  const position = await newPosition(team, title)
  const at = { sessionId: await newWalk(team, person, position.id) }
  await pickAts(user, { ...at, ats: 'workable/sandbox' })
  await chooseWay(user, { ...at, way: 'api_key' })
  await sayAdmin(user, { ...at, admin: 'me' })
  await agreePermissions(user, { ...at, permissions: 'read_write', locale: 'en' })
  // As it is copied from the address bar: the screens after it show what was understood, and must hold it on a phone.
  const typed = { subdomain: `http://${account.host}/backend/settings/integrations?from=recruiting#tokens` }
  const step = await enterField(user, { ...at, field: 'subdomain', typed })
  if (step !== 'enter/api_key') throw new Error(`the walk stands at ${step}`)
  return `/link/${at.sessionId}`
}

/** An app of the team's partner at the sandbox: from then on its people can sign in there. Gives its id. */
async function newOAuthApp(team: Team, sandbox: Sandbox): Promise<string> {
  const { newOAuthApp } = await import('#lib/oauth/testing.ts')
  const { redirectUriOf } = await import('#lib/oauth/app.ts')
  const { row, clientId, secret } = await newOAuthApp(sandbox, team.partnerId)
  noteSecret(secret)
  const redirect_uri = redirectUriOf(row.id)
  await sandbox.control(`/oauth/clients/${clientId}/redirect_uris`, 'POST', { redirect_uri })
  return row.id
}

/** A person's walk that has come to the sign-in, for a new position; her partner has an app. Gives its address. */
async function newWalkAtSignIn(team: Team, who: MemberRole = 'recruiter', title = `Baker ${unique()}`) {
  const { pickAts } = await import('#lib/link-sessions/pick-ats.ts')
  const { chooseWay, sayAdmin } = await import('#lib/link-sessions/choose.ts')
  const { agreePermissions } = await import('#lib/link-sessions/agree-permissions.ts')
  const person = team.people[who]
  const { userId, sessionId, name, email } = actorOf(team, person)
  const user: UserActor = { kind: 'user', userId, sessionId, name, email }
  const position = await newPosition(team, title)
  const at = { sessionId: await newWalk(team, person, position.id) }
  await pickAts(user, { ...at, ats: 'workable/sandbox' })
  await chooseWay(user, { ...at, way: 'oauth' })
  await sayAdmin(user, { ...at, admin: 'me' })
  const step = await agreePermissions(user, { ...at, permissions: 'read_write', locale: 'en' })
  if (step !== 'sign-in') throw new Error(`the walk stands at ${step}`)
  return `/link/${at.sessionId}`
}

/** The same once somebody in two accounts has signed in. */
async function newWalkAtAccount(team: Team, sandbox: Sandbox, appId: string): Promise<string> {
  const { newGrant } = await import('#lib/oauth/testing.ts')
  const { keepGranted } = await import('#lib/oauth/keep-granted.ts')
  const { readOAuthApp } = await import('#lib/partners/oauth-apps.ts')
  const walk = await newWalkAtSignIn(team, 'owner')
  const app = await readOAuthApp(appId)
  if (!app) throw new Error('no app')
  const { tokens } = await newGrant(sandbox, app.clientId)
  const { workspaceId, memberId, userId, sessionId, name, email } = actorOf(team, team.people.owner)
  const user: UserActor = { kind: 'user', userId, sessionId, name, email }
  const scopes = ['r_jobs', 'r_candidates', 'w_candidates']
  const at = { linkSessionId: walk.split('/').at(-1) ?? '', workspaceId, memberId, scopes }
  if (!(await keepGranted({ user, walk: at, app, tokens }))) throw new Error('the walk does not wait for it')
  return walk
}

/** The secrets of the one-time addresses in mails that are kept and have not ended. */
async function openMailedLinks(): Promise<string[]> {
  const { db } = await import('#lib/db/client.ts')
  const { mails } = await import('#lib/db/schema/index.ts')
  const { openLink } = await import('#lib/mail/sealed-link.ts')
  const { isNotNull } = await import('drizzle-orm')
  const kept = await db().select().from(mails).where(isNotNull(mails.sealedLink))
  const paths = await Promise.all(kept.map(mail => openLink(db(), mail, mail.sealedLink ?? '')))
  return paths.map(link => link.split('/').at(-1) ?? '')
}

/** An invitation's mail of the team's partner, which the worker keeps. Gives its id. */
async function newMail(team: Team): Promise<string> {
  const { queueInvitation } = await import('#lib/mail/testing.ts')
  const { sendMail } = await import('#lib/mail/send.ts')
  const { mailId } = await queueInvitation({ partnerId: team.partnerId })
  await sendMail(mailId)
  return mailId
}

/** An OAuth app of the team's partner, for the ATS itself. Gives its id. */
async function newLiveApp(team: Team): Promise<string> {
  const { transaction } = await import('#lib/db/client.ts')
  const { Secret } = await import('#lib/crypto/secret.ts')
  const { insertOAuthApp } = await import('#lib/partners/oauth-apps.ts')
  const secret = noteSecret(`CNRY-oauth-${unique()}`)
  return transaction(tx =>
    insertOAuthApp(tx, {
      partnerId: team.partnerId,
      connector: 'workable',
      environment: 'live',
      source: 'console',
      clientId: 'brightside-people',
      secret: new Secret(secret),
      lastFour: secret.slice(-4),
    }),
  )
}

/** Reminds the team of a connection whose key ends in ten days. */
async function newNotice(team: Team, connectionId: string): Promise<void> {
  const { remindOf } = await import('#lib/notices/testing.ts')
  await remindOf(team, connectionId)
}

/** Somebody whom the owner invites; with the address that the mail carries. */
async function newInvitation(team: Team, email = `invited-${unique()}@larkfield.example`) {
  const { transaction } = await import('#lib/db/client.ts')
  const { makeInvitation } = await import('#lib/members/make-invitation.ts')
  const owner = actorOf(team, team.people.owner)
  const reads = { locale: 'en', timeZone: null }
  const inviter = { memberId: owner.memberId, name: owner.name, reads }
  const asked = { workspaceId: team.workspaceId, email, role: 'recruiter', inviter } as const
  const id = await transaction(tx => makeInvitation(tx, owner, asked))
  return { id, email, path: await invitationPath(email) }
}

/** A company that the team's partner invites; with the address that the mail carries. */
async function newInvitedCustomer({ partnerId, people }: Team) {
  const { inviteCustomer } = await import('#lib/customers/invite.ts')
  const { listCustomers } = await import('#lib/customers/list.ts')
  const { startSession } = await import('#lib/members/start-session.ts')
  const { userId, name, email: address } = people.owner
  const browser = { userAgent: 'end-to-end', address: '127.0.0.1', timeZone: null }
  const { id: sessionId } = await startSession(userId, browser)
  const partner = {
    kind: 'partner',
    role: 'owner',
    partnerId,
    userId,
    sessionId,
    name,
    email: address,
  } as const
  const [company, email] = [`Quarry & Finch ${unique()}`, `ada-${unique()}@quarry.example`]
  const reads = { locale: 'en', timeZone: null }
  await inviteCustomer(partner, { fields: { company, email }, from: browser, reads })
  const { rows } = await listCustomers(partner, { q: company })
  return { id: rows[0]?.id ?? '', company, email, path: await invitationPath(email) }
}

/** The one-time address in the newest mail to somebody. */
async function invitationPath(email: string): Promise<string> {
  const { mailedSecret } = await import('#lib/members/testing.ts')
  return `/invitation/${await mailedSecret(email)}`
}

/** The connections that a workspace has, whatever state they are in. */
async function connectionsOf(team: Team) {
  const { db } = await import('#lib/db/client.ts')
  const { connections } = await import('#lib/db/schema/index.ts')
  const { eq } = await import('drizzle-orm')
  return db().select().from(connections).where(eq(connections.workspaceId, team.workspaceId))
}
