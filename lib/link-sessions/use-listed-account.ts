import type { UserActor } from '#lib/actors.ts'
import { connectionToAccount, readCheck } from '#lib/checks/read.ts'
import { isBeingChecked, requestCandidateCheck } from '#lib/checks/request.ts'
import { runCheck } from '#lib/checks/run.ts'
import { now } from '#lib/clock.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { failpoint } from '#lib/failpoint.ts'
import { log } from '#lib/log.ts'
import { isProven } from '#lib/members/recent-proof.ts'
import { confirm, giveItThisKey } from './confirm.ts'
import { readWalk, type Walk } from './read.ts'
import type { StepId } from './steps.ts'
import { takeStep } from './take-step.ts'

/** Seconds that somebody waits for the doctor at the press of a button; then his page takes over. */
const waitSeconds = 12
/** After so many the task comes for a run that nobody has ended. */
const leftSeconds = 60

/**
 * **Use this account**: one of those that the ATS listed for whoever signed in, named by its id. It is tried as the doctor does, and
 * where everything works it is connected in her name; else his page says what there is to decide. Problems: none was chosen, the
 * grant's hour is over, or a connection that is to be mended is another account's.
 */
export async function useListedAccount(
  user: UserActor,
  input: { sessionId: string; account: string; locale: string },
): Promise<StepId> {
  const { sessionId, account: typed } = input
  let checkId: string | undefined
  const next = await takeStep(user, sessionId, 'account', { account: typed }, async (tx, walk) => {
    const { candidate } = walk
    if (!candidate) throw invalid({ '': { key: 'wizard.account.hour_over' } })
    const account = candidate.accounts?.find(each => each.remoteId === typed)
    if (!account) throw invalid({ account: { key: 'wizard.account.choose' } })
    // Pressed twice, or on another device too: whoever came first is trying it, and connects.
    const again = walk.progress.answers.accountId === account.remoteId
    if (again && (await isBeingChecked(tx, walk.id, candidate.generation))) return {}
    const startAfter = new Date(now().getTime() + leftSeconds * 1000)
    checkId = await requestCandidateCheck(tx, walk, account.subdomain, candidate.generation, { startAfter })
    const fields = { ...walk.progress.answers.fields, subdomain: account.subdomain }
    return { answers: { accountId: account.remoteId, fields } }
  })
  if (next !== 'check' || !checkId) return next
  await failpoint('check_requested')
  await atMost(waitSeconds, runCheck(checkId))
  return connect(user, input)
}

/** Connects where nothing is left to decide; else the doctor's page is next. */
async function connect(
  user: UserActor,
  { sessionId, locale }: { sessionId: string; locale: string },
): Promise<StepId> {
  const walk = await readWalk(user, sessionId)
  const account = await accountThatWorks(walk)
  if (!account || account !== walk.progress.answers.accountId) return 'check'
  const same = await connectionToAccount(walk, account)
  const { mendConnectionId } = walk.progress.answers
  if (!same && !mendConnectionId) {
    const next = await confirm(user, { sessionId, readOnly: false, locale })
    await failpoint('connection_committed')
    return next
  }
  // Signing in again is what she came for; her password is asked for where it was given long ago.
  const mends = same && same.id === mendConnectionId && same.mayMend && (await isProven(user))
  return mends ? giveItThisKey(user, { sessionId }) : 'check'
}

async function accountThatWorks(walk: Walk): Promise<string | undefined> {
  const permissions = walk.progress.answers.permissions ?? 'read'
  const check = await readCheck({ workspaceId: walk.workspace.id, linkSessionId: walk.id, permissions })
  return check?.verdict?.ending === 'works' ? check.verdict.account.remoteId : undefined
}

/** What takes longer goes on by itself; what it throws then is its own matter. */
async function atMost(seconds: number, work: Promise<void>): Promise<void> {
  const guarded = work.catch(error => {
    if (error instanceof GangwayError) return
    log.error({ err: error }, 'check failed')
  })
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>(resolve => {
    timer = setTimeout(resolve, seconds * 1000)
  })
  await Promise.race([guarded, over])
  clearTimeout(timer)
}
