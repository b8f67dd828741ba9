import { and, desc, eq, ne } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { mayConnect, type Verdict, verdictOf } from '#lib/checks/verdict.ts'
import { connectAccount } from '#lib/connections/connect-account.ts'
import { replaceCredential } from '#lib/connections/replace-credential.ts'
import type { Finding } from '#lib/connectors/contract.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import type { Tx } from '#lib/db/client.ts'
import { checks, connections } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { mustBeProven } from '#lib/members/recent-proof.ts'
import { keepConsent } from './agree-permissions.ts'
import { type Candidate, openCandidate, shredCandidate } from './candidate-credential.ts'
import type { Walk } from './read.ts'
import { endsWithCheck, type StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

/**
 * **Next** on the doctor's page: what was checked becomes a connection, in one transaction with its credential sealed anew,
 * consent and event. Pressed twice it is one connection. `readOnly` goes on without writing, and the consent says so.
 * Problems: the check is not finished, did not work, was about another key, the same account is connected already, or a
 * connection that wants a new key was given that of another account.
 */
export function confirm(
  user: UserActor,
  input: { sessionId: string; readOnly: boolean; locale: string },
): Promise<StepId> {
  return takeStep(user, input.sessionId, 'check', {}, async (tx, walk) => {
    const checked = await lastChecked(tx, walk)
    if (!mayConnect(checked.verdict)) throw invalid({ '': { key: 'wizard.check.not_passed' } })
    if (checked.verdict.ending === 'write_missing' && !input.readOnly) {
      throw invalid({ '': { key: 'wizard.check.write_missing' } })
    }
    const { account } = checked.verdict
    if (await livingConnection(tx, walk, account)) throw invalid({ '': { key: 'wizard.check.same_account' } })
    if (walk.progress.answers.mendConnectionId) throw invalid({ '': { key: 'wizard.check.not_its_account' } })
    const permissions = input.readOnly ? 'read' : (walk.progress.answers.permissions ?? 'read')
    if (permissions !== walk.progress.answers.permissions)
      await keepConsent(tx, walk, permissions, input.locale)
    const connectionId = await connectAccount(tx, walk, { account, permissions, ...checked })
    return accepted(tx, walk, connectionId, { permissions })
  })
}

/**
 * The same account is connected already: its connection is given the key that was just proven. Id, name and links stay.
 * Throws `unauthenticated` for a person who gave her password more than 15 minutes ago.
 */
export async function giveItThisKey(user: UserActor, input: { sessionId: string }): Promise<StepId> {
  await mustBeProven(user)
  return takeStep(user, input.sessionId, 'check', {}, async (tx, walk) => {
    const checked = await lastChecked(tx, walk)
    if (!mayConnect(checked.verdict)) throw invalid({ '': { key: 'wizard.check.not_passed' } })
    const existing = await livingConnection(tx, walk, checked.verdict.account)
    if (!existing) throw invalid({ '': { key: 'wizard.check.not_connected' } })
    const { mendConnectionId } = walk.progress.answers
    if (mendConnectionId && mendConnectionId !== existing.id) {
      throw invalid({ '': { key: 'wizard.check.not_its_account' } })
    }
    await replaceCredential(tx, walk.actor, existing, {
      linkSessionId: walk.id,
      permissions: walk.progress.answers.permissions ?? existing.permissions,
      candidate: checked.candidate,
      findings: checked.findings,
      subdomain: checked.verdict.account.subdomain,
      fields: walk.progress.answers.fields ?? {},
    })
    return accepted(tx, walk, existing.id, {})
  })
}

type Checked = { verdict: Verdict; findings: Finding[]; candidate: Candidate }

async function lastChecked(tx: Tx, walk: Walk): Promise<Checked> {
  const candidate = await openCandidate(tx, { id: walk.id, workspaceId: walk.actor.workspaceId })
  if (!candidate) throw invalid({ '': { key: hourOver(walk) } })
  const [row] = await finished(tx, walk)
  if (!row || row.generation !== candidate.generation)
    throw invalid({ '': { key: 'wizard.check.not_finished' } })
  const verdict = verdictOf(row.findings, walk.progress.answers.permissions ?? 'read')
  return { verdict, findings: row.findings, candidate }
}

const hourOver = ({ progress }: Walk): string =>
  progress.answers.way === 'oauth' ? 'wizard.account.hour_over' : 'wizard.check.hour_over'

/** The newest run, if it has come to its end: one under way or cancelled says nothing about the key. */
async function finished(tx: Tx, walk: Walk) {
  const rows = await tx
    .select({ state: checks.state, findings: checks.findings, generation: checks.generation })
    .from(checks)
    .where(and(eq(checks.linkSessionId, walk.id), eq(checks.workspaceId, walk.actor.workspaceId)))
    .orderBy(desc(checks.createdAt))
    .limit(1)
  return rows.filter(row => row.state === 'finished')
}

async function livingConnection(tx: Tx, walk: Walk, account: RemoteAccount) {
  if (!walk.connector || !walk.environment) return undefined
  const [row] = await tx
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, walk.actor.workspaceId),
        eq(connections.connector, walk.connector.manifest.id),
        eq(connections.environment, walk.environment),
        eq(connections.remoteAccountId, account.remoteId),
        ne(connections.status, 'deleted'),
      ),
    )
    .for('update')
  return row
}

async function accepted(
  tx: Tx,
  walk: Walk,
  connectionId: string,
  answers: Changes['answers'] = {},
): Promise<Changes> {
  await shredCandidate(tx, walk.id, true)
  const done = endsWithCheck(walk.progress)
  if (done) {
    await record(tx, walk.actor, {
      name: 'link_session.done',
      subject: { kind: 'link_session', id: walk.id },
      data: { connectionId },
    })
  }
  return { connectionId, hasCandidate: false, answers, done }
}
