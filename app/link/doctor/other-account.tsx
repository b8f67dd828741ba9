import { ButtonLink } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { SameAccount } from '#lib/checks/read.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import type { At } from '../step-page.tsx'
import { secretScreen } from './running.tsx'
import { UseButton } from './same-account.tsx'

type Other = { at: At; account: RemoteAccount | undefined; same: SameAccount | undefined }

/** The key opens another account: she meant that one, or she meant the one that she entered. */
export function OtherAccount({ at, account, same }: Other) {
  const { say, walk } = at
  const entered = accountAddress(walk)
  const values = {
    ats: walk.connector?.manifest.name ?? '',
    host: entered?.host ?? '',
    entered: entered?.subdomain ?? '',
  }
  return (
    <div className="grid grid-cols-2 gap-5 rounded-lg border border-line bg-surface p-4 max-mid:grid-cols-[minmax(0,1fr)]">
      {account && <Meant at={at} account={account} same={same} />}
      <div className="grid content-start gap-2">
        <h3 className="text-base">{say('wizard.check.meant', { subdomain: values.entered })}</h3>
        <p className="text-sm text-muted">{say('wizard.check.meant_entered', values)}</p>
        <div>
          <ButtonLink href={at.to(secretScreen(at))} variant={account ? 'plain' : 'primary'}>
            {say('wizard.check.another_key')}
          </ButtonLink>
        </div>
      </div>
    </div>
  )
}

function Meant({ at, account, same }: Other & { account: RemoteAccount }) {
  const { say } = at
  const { subdomain } = account
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-base">{say('wizard.check.meant', { subdomain })}</h3>
      <p className="text-sm text-muted">
        {same
          ? say('wizard.check.meant_connected', { name: same.name, positions: same.positions })
          : say('wizard.check.meant_other', { account: account.name })}
      </p>
      <div className="flex flex-wrap gap-2">
        {same?.status === 'active' && <UseButton at={at} same={same} />}
        <form method="post" action={at.to('check/account')}>
          <SubmitButton variant={same ? 'quiet' : 'primary'} busy={say('wizard.check.again_busy')}>
            {say(same ? 'wizard.check.check_there' : 'wizard.check.use_account', { subdomain })}
          </SubmitButton>
        </form>
      </div>
    </div>
  )
}
