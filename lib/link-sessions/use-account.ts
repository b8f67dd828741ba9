import { and, desc, eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { requestCandidateCheck } from '#lib/checks/request.ts'
import { verdictOf } from '#lib/checks/verdict.ts'
import { checks } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import type { StepId } from './steps.ts'
import { takeStep } from './take-step.ts'

/**
 * The key opens another account than the one that was entered, and that is the one she meant: the subdomain changes to what
 * the ATS named (never to what a form sends), and the same key is checked once more.
 */
export function useAccount(user: UserActor, input: { sessionId: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'check', {}, async (tx, walk) => {
    const [check] = await tx
      .select({ findings: checks.findings, generation: checks.generation })
      .from(checks)
      .where(and(eq(checks.linkSessionId, walk.id), eq(checks.state, 'finished')))
      .orderBy(desc(checks.createdAt))
      .limit(1)
    const { answers } = walk.progress
    const verdict = check && verdictOf(check.findings, answers.permissions ?? 'read')
    if (!walk.candidate) throw invalid({ '': { key: 'wizard.check.hour_over' } })
    if (
      verdict?.ending !== 'other_account' ||
      !verdict.account ||
      check?.generation !== walk.candidate.generation
    ) {
      throw invalid({ '': { key: 'wizard.check.not_finished' } })
    }
    const { subdomain } = verdict.account
    await requestCandidateCheck(tx, walk, subdomain, walk.candidate.generation)
    return { answers: { fields: { ...answers.fields, subdomain } } }
  })
}
