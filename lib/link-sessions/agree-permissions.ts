import { and, eq, isNull } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { requestCandidateCheck } from '#lib/checks/request.ts'
import type { Permissions } from '#lib/connectors/contract.ts'
import type { Tx } from '#lib/db/client.ts'
import { type ConsentWording, consents } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { createSay, pickLocale } from '#lib/intl.ts'
import { shredCandidate } from './candidate-credential.ts'
import { permissionGroups } from './permission-groups.ts'
import type { Walk } from './read.ts'
import { scopesFor } from './scopes.ts'
import type { StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

/**
 * Keeps the choice of the permissions step together with the very words that were on the screen, in the reader's language.
 * Coming back and choosing otherwise replaces what was agreed to; what a connection was made with is never changed.
 */
export function agreePermissions(
  user: UserActor,
  input: { sessionId: string; permissions: string; locale: string },
): Promise<StepId> {
  const typed = { permissions: input.permissions }
  return takeStep(user, input.sessionId, 'permissions', typed, async (tx, walk) => {
    const { permissions } = input
    if (permissions !== 'read' && permissions !== 'read_write') {
      throw invalid({ permissions: { key: 'wizard.permissions.choose' } })
    }
    await keepConsent(tx, walk, permissions, input.locale)
    if (walk.progress.answers.way === 'oauth') return askedAnew(tx, walk, permissions)
    await checkWriting(tx, walk, permissions)
    return { answers: { permissions } }
  })
}

/** What was granted was granted for the permissions before: for others she signs in once more. */
async function askedAnew(tx: Tx, walk: Walk, permissions: Permissions): Promise<Changes> {
  if (permissions === walk.progress.answers.permissions) return { answers: { permissions } }
  await shredCandidate(tx, walk.id)
  return { answers: { permissions, accountId: undefined }, hasCandidate: false }
}

/** A key that was checked for reading only has not been asked whether it may write. */
async function checkWriting(tx: Tx, walk: Walk, permissions: Permissions): Promise<void> {
  const { candidate, progress } = walk
  if (!candidate || permissions === 'read' || progress.answers.permissions === permissions) return
  await requestCandidateCheck(tx, walk, progress.answers.fields?.subdomain ?? '', candidate.generation)
}

/** Writes the consent of a walk anew. Also used when somebody goes on read-only at the doctor. */
export async function keepConsent(
  tx: Tx,
  walk: Walk,
  permissions: Permissions,
  wanted: string,
): Promise<void> {
  const { connector, actor } = walk
  if (!connector) return
  const locale = pickLocale(wanted)
  await tx.delete(consents).where(and(eq(consents.linkSessionId, walk.id), isNull(consents.connectionId)))
  await tx.insert(consents).values({
    id: newId(),
    workspaceId: actor.workspaceId,
    linkSessionId: walk.id,
    userId: actor.userId,
    memberId: actor.memberId,
    personName: actor.name,
    connector: connector.manifest.id,
    permissions,
    scopes: scopesFor(connector, permissions),
    locale,
    wording: wordingOf(walk, permissions, locale),
  })
}

function wordingOf(
  walk: Walk,
  permissions: Permissions,
  locale: ReturnType<typeof pickLocale>,
): ConsentWording {
  const say = createSay(locale, 'UTC')
  const connector = walk.connector
  if (!connector) return { title: '', groups: [] }
  return {
    title: say('wizard.permissions.title', { partner: walk.partner.name, ats: connector.manifest.name }),
    groups: permissionGroups(say, connector, permissions),
  }
}
