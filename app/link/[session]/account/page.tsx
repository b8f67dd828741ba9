import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { connectionsToAccounts } from '#lib/checks/read.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { type Listed, listAccounts } from '#lib/link-sessions/list-accounts.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'
import { type Choice, ChooseAccount } from './choose-account.tsx'

export const generateMetadata = stepTitle('wizard.account.tab')

/** The page asks again by itself after so many seconds, where asking again makes sense. */
const askAgain = 5

/** The accounts that whoever signed in can reach: one is confirmed, of several one is chosen, none is explained. */
export default function AccountPage(props: StepProps) {
  return stepPage(props, 'account', async at => {
    const listed = await listAccounts(at.walk)
    if ('failure' in listed && reachesNothing.includes(listed.failure))
      return <NoneOfThem at={at} accounts={[]} />
    if ('failure' in listed) return <NotListed at={at} failure={listed.failure} />
    const { accounts } = listed
    const same = await connectionsToAccounts(
      at.walk,
      accounts.map(account => account.remoteId),
    )
    const choices = accounts.map((account): Choice => ({ account, same: same.get(account.remoteId) }))
    const { mendConnectionId } = at.walk.progress.answers
    const own = mendConnectionId ? choices.filter(choice => choice.same?.id === mendConnectionId) : choices
    if (own.length > 0) return <ChooseAccount at={at} choices={own} />
    return <NoneOfThem at={at} accounts={accounts} />
  })
}

type Failure = Extract<Listed, { failure: unknown }>['failure']

/** Whoever is in a closed account only is refused the list as well. */
const reachesNothing: readonly Failure[] = ['scope_missing', 'account_gone', 'not_found']

const named: readonly Failure[] = ['rate_limited', 'ats_unavailable', 'credential_refused']

function NotListed({ at, failure }: { at: At; failure: Failure }) {
  const { say, walk } = at
  const over = failure === 'over'
  const dead = over || failure === 'credential_refused'
  const text = over ? 'hour_over' : `failed.${named.includes(failure) ? failure : 'other'}`
  return (
    <WizardColumn>
      {!dead && <AutoRefresh seconds={askAgain} />}
      <WizardHead
        title={say('wizard.account.failed.title', { ats: walk.connector?.manifest.name ?? '' })}
        lead={say(`wizard.account.${text}`)}
      />
      <WizardFoot back={at.back}>
        <ButtonLink
          href={at.to(dead ? 'sign-in' : 'account')}
          variant="primary"
          size="lg"
          className="ms-auto"
        >
          {say(dead ? 'wizard.account.sign_in' : 'wizard.account.try')}
        </ButtonLink>
      </WizardFoot>
    </WizardColumn>
  )
}

function NoneOfThem({ at, accounts }: { at: At; accounts: readonly RemoteAccount[] }) {
  const { say, walk } = at
  const words = `wizard.account.${accounts.length > 0 ? 'stray' : 'none'}`
  const about = {
    ats: walk.connector?.manifest.name ?? '',
    account: walk.progress.answers.fields?.subdomain ?? '',
    count: accounts.length,
    reached: accounts[0]?.subdomain ?? '',
  }
  return (
    <WizardColumn>
      <WizardHead title={say(`${words}.title`, about)} lead={say(`${words}.lead`, about)} />
      <WizardFoot back={at.back}>
        <ButtonLink href={at.to('sign-in')} variant="primary" size="lg" className="ms-auto">
          {say('wizard.account.again')}
        </ButtonLink>
      </WizardFoot>
    </WizardColumn>
  )
}
