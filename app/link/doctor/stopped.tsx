import { Callout } from '#components/ui/callout.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { At } from '../step-page.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { NewKey } from './way-out.tsx'
import { checkKey, isGrant } from './words.ts'

/** The check came to no end: its key's hour was too short for the wait, or the key could not be opened. */
export function Stopped({ at }: { at: At }) {
  const { say } = at
  return (
    <WizardColumn width="checks">
      <WizardHead title={say(checkKey(at, 'stopped.title'))} lead={say(checkKey(at, 'stopped.lead'))} />
      {at.form.error('') && <Callout tone="bad" role="alert" title={at.form.error('')} />}
      {isGrant(at) ? <SignInAgain at={at} /> : <NewKey at={at} missing={[]} />}
      <p className="text-muted">
        {say(checkKey(at, 'no_connection'), { ats: at.walk.connector?.manifest.name ?? '' })}
      </p>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}
