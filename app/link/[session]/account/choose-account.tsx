import { Callout } from '#components/ui/callout.tsx'
import { ChoiceRadio, Choices } from '#components/ui/choice-card.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { SameAccount } from '#lib/checks/read.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import type { At } from '../../step-page.tsx'

/** An account of the ATS, with the connection to it that is there already. */
export type Choice = { account: RemoteAccount; same: SameAccount | undefined }

/** One is named and confirmed; of several none is chosen beforehand. **Use this account** is what makes a connection. */
export function ChooseAccount({ at, choices }: { at: At; choices: readonly Choice[] }) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  const only = choices.length === 1
  const of = `wizard.account.${only ? 'one' : 'several'}`
  const title = only || walk.position ? 'title' : 'title_without_position'
  const problem = at.form.error('account') ?? at.form.error('')
  return (
    <form method="post" action={at.to('account/use')}>
      <WizardColumn>
        <WizardHead
          title={say(`${of}.${title}`, { ats })}
          lead={say(`${of}.lead`, { ats, count: choices.length })}
        />
        {problem && <Callout tone="bad" role="alert" title={problem} />}
        <fieldset>
          <legend className="sr-only">{say('wizard.account.legend', { ats })}</legend>
          <Choices>
            {choices.map(choice => (
              <ChoiceRadio
                key={choice.account.remoteId}
                name="account"
                value={choice.account.remoteId}
                checked={only}
                title={choice.account.name}
                text={<span className="font-mono text-sm wrap-anywhere">{hostOf(at, choice)}</span>}
                facts={factsOf(at, choice)}
              />
            ))}
          </Choices>
        </fieldset>
        <p className="text-muted">
          <Rich>
            {say(`wizard.account.${walk.progress.answers.mendConnectionId ? 'then_mends' : 'then'}`)}
          </Rich>
        </p>
        <WizardFoot
          back={at.back}
          next={{ label: say('wizard.account.use'), busy: say('wizard.account.using') }}
        />
      </WizardColumn>
    </form>
  )
}

const hostOf = ({ walk }: At, { account }: Choice): string =>
  `${account.subdomain}.${accountAddress(walk)?.suffix ?? ''}`

function factsOf({ say, walk }: At, { same }: Choice) {
  if (!same) return undefined
  const mends = walk.progress.answers.mendConnectionId === same.id
  const text = say(`wizard.account.${mends ? 'mends' : 'connected'}`, {
    name: same.name,
    positions: same.positions,
  })
  return [{ icon: 'link-2' as const, text }]
}
