import { Callout } from '#components/ui/callout.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { readCheck } from '#lib/checks/read.ts'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import { Understood } from './key-field.tsx'
import type { At } from './step-page.tsx'

/** Over the key's field: for which account it is, and what is known of a key that was pasted before. */
export async function KeyState({ at }: { at: At }) {
  const { say, walk } = at
  const { candidate, workspace, progress } = walk
  const host = accountAddress(walk)?.host
  if (candidate) {
    const key = candidate.lastFour ? 'wizard.enter.kept' : 'wizard.enter.kept_short'
    return (
      <Callout tone="info" icon="lock">
        <Rich>{say(key, { lastFour: candidate.lastFour, until: say.time(candidate.expiresAt) })}</Rich>
      </Callout>
    )
  }
  const before = await readCheck({ workspaceId: workspace.id, linkSessionId: walk.id, permissions: 'read' })
  return (
    <>
      {before && <Callout tone="warn" icon="clock" title={say('wizard.enter.hour_over')} />}
      {host && progress.hasPosition && (
        <p className="text-muted [&_b]:text-ink">
          <Rich>{say('wizard.enter.account', { host })}</Rich> <Understood at={at} />{' '}
          <a href={at.to('enter/subdomain')}>{say('wizard.enter.change')}</a>
        </p>
      )}
    </>
  )
}
