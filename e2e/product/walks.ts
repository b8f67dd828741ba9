import type { MemberRole } from '#lib/actors.ts'
import type { Account, Sandbox } from '../sandbox.ts'
import { type Person, type Team, unique } from '../team.ts'
import { actorOf, userOf } from './actor.ts'
import { newPosition } from './positions.ts'

/** A person's walk through the wizard, just begun. */
export async function newWalk(team: Team, person: Person, positionId: string): Promise<string> {
  const { startLinkSession } = await import('#lib/link-sessions/start.ts')
  const { id } = await startLinkSession(actorOf(team, person), { positionId })
  return id
}

/** A person's walk that has come to the screen of the key, for a new position. Gives its address. */
export async function newWalkAtKey(
  team: Team,
  account: Account,
  who: MemberRole = 'recruiter',
  title = `Baker ${unique()}`,
): Promise<string> {
  const { enterField } = await import('#lib/link-sessions/enter.ts')
  const at = await newWalkBy('api_key', team, who, title)
  // As it is copied from the address bar: the screens after it show what was understood, and must hold it on a phone.
  const typed = { subdomain: `http://${account.host}/backend/settings/integrations?from=recruiting#tokens` }
  const step = await enterField(at.user, { ...at, field: 'subdomain', typed })
  if (step !== 'enter/api_key') throw new Error(`the walk stands at ${step}`)
  return `/link/${at.sessionId}`
}

/** A person's walk that has come to the sign-in, for a new position; her partner has an app. Gives its address. */
export async function newWalkAtSignIn(
  team: Team,
  who: MemberRole = 'recruiter',
  title = `Baker ${unique()}`,
) {
  const { step, sessionId } = await newWalkBy('oauth', team, who, title)
  if (step !== 'sign-in') throw new Error(`the walk stands at ${step}`)
  return `/link/${sessionId}`
}

/** The same once somebody in two accounts has signed in. */
export async function newWalkAtAccount(team: Team, sandbox: Sandbox, appId: string): Promise<string> {
  const { newGrant } = await import('#lib/oauth/testing.ts')
  const { keepGranted } = await import('#lib/oauth/keep-granted.ts')
  const { readOAuthApp } = await import('#lib/partners/oauth-apps.ts')
  const walk = await newWalkAtSignIn(team, 'owner')
  const app = await readOAuthApp(appId)
  if (!app) throw new Error('no app')
  const { tokens } = await newGrant(sandbox, app.clientId)
  const { owner } = team.people
  const user = userOf(team, owner)
  const scopes = ['r_jobs', 'r_candidates', 'w_candidates']
  const at = {
    linkSessionId: walk.split('/').at(-1) ?? '',
    workspaceId: team.workspaceId,
    memberId: owner.memberId,
    scopes,
  }
  if (!(await keepGranted({ user, walk: at, app, tokens }))) throw new Error('the walk does not wait for it')
  return walk
}

/** A walk for a new position that has agreed to everything before its way parts: where it stands. */
async function newWalkBy(way: 'api_key' | 'oauth', team: Team, who: MemberRole, title: string) {
  const { pickAts } = await import('#lib/link-sessions/pick-ats.ts')
  const { chooseWay, sayAdmin } = await import('#lib/link-sessions/choose.ts')
  const { agreePermissions } = await import('#lib/link-sessions/agree-permissions.ts')
  const person = team.people[who]
  const user = userOf(team, person)
  const position = await newPosition(team, title)
  const at = { sessionId: await newWalk(team, person, position.id) }
  await pickAts(user, { ...at, ats: 'workable/sandbox' })
  await chooseWay(user, { ...at, way })
  await sayAdmin(user, { ...at, admin: 'me' })
  const step = await agreePermissions(user, { ...at, permissions: 'read_write', locale: 'en' })
  return { ...at, user, step }
}
