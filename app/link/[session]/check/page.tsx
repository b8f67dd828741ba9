import { type CheckView, connectionToAccount, readCheck } from '#lib/checks/read.ts'
import { Finished } from '../../doctor/finished.tsx'
import { Running } from '../../doctor/running.tsx'
import { Stopped } from '../../doctor/stopped.tsx'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle((walk, say) =>
  say(walk.progress.answers.way === 'oauth' ? 'wizard.grant_check.tab' : 'wizard.check.tab'),
)

/** The key doctor: what works, what does not, and the way out of it. */
export default function CheckPage(props: StepProps) {
  return stepPage(props, 'check', async at => {
    const { walk } = at
    const check = await readCheck({
      workspaceId: walk.workspace.id,
      linkSessionId: walk.id,
      permissions: walk.progress.answers.permissions ?? 'read',
    })
    return <Doctor at={at} check={check} />
  })
}

async function Doctor({ at, check }: { at: At; check: CheckView | undefined }) {
  if (!check || check.state === 'cancelled') return <Stopped at={at} />
  const { verdict } = check
  if (!verdict) return <Running at={at} check={check} />
  const account = 'account' in verdict ? verdict.account : undefined
  const same = account && (await connectionToAccount(at.walk, account.remoteId))
  return <Finished at={at} check={check} verdict={verdict} same={same} />
}
