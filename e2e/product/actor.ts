import { randomUUID } from 'node:crypto'
import type { MemberActor, UserActor } from '#lib/actors.ts'
import type { Person, Team } from '../team.ts'

/** A person of a team as a verb knows her. */
export function actorOf(team: Team, person: Person): MemberActor {
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

/** The same as somebody who is only known to be signed in. */
export function userOf(team: Team, person: Person): UserActor {
  const { userId, sessionId, name, email } = actorOf(team, person)
  return { kind: 'user', userId, sessionId, name, email }
}
