import { Callout } from '#components/ui/callout.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { At } from '../step-page.tsx'
import { NewKey } from './way-out.tsx'

/** The check came to no end: its key's hour was too short for the wait, or the key could not be opened. */
export function Stopped({ at }: { at: At }) {
  const { say } = at
  return (
    <WizardColumn width="checks">
      <WizardHead title={say('wizard.check.stopped.title')} lead={say('wizard.check.stopped.lead')} />
      {at.form.error('') && <Callout tone="bad" role="alert" title={at.form.error('')} />}
      <NewKey at={at} missing={[]} />
      <p className="text-muted">{say('wizard.check.no_connection')}</p>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}
