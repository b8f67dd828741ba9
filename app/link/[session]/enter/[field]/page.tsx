import { Callout } from '#components/ui/callout.tsx'
import { WizardFoot, WizardHead, WizardSplit } from '#components/wizard/wizard-step.tsx'
import { Guide } from '../../../guide.tsx'
import { KeyExtras } from '../../../key-extras.tsx'
import { KeyField } from '../../../key-field.tsx'
import { KeyState } from '../../../key-state.tsx'
import { type At, type StepProps, stepPage, stepTitle } from '../../../step-page.tsx'

export const generateMetadata = stepTitle((walk, say, field) => {
  const key = `${walk.connector?.manifest.id}.fields.${field}.title`
  return say.has(key) ? say(key) : say('wizard.title')
})

/** A field of the key on a screen of its own, with the guide beside it. */
export default function EnterFieldPage(props: StepProps) {
  return stepPage(
    props,
    ({ field }) => `enter/${field ?? ''}`,
    at => <EnterField at={at} />,
  )
}

function EnterField({ at }: { at: At }) {
  const { say, walk, step } = at
  const manifest = walk.connector?.manifest
  const field = manifest?.fields.find(each => `enter/${each.id}` === step)
  if (!manifest || !field) return null
  const folded = manifest.fields.filter(each => each.screen === field.id)
  const of = `${manifest.id}.fields.${field.id}`
  return (
    <WizardSplit
      form={
        <form method="post" action={at.to(`${step}/save`)} className="grid gap-6">
          <WizardHead title={say(`${of}.title`)} lead={say(`${of}.lead`)} />
          {at.form.error('') && <Callout tone="bad" role="alert" title={at.form.error('')} />}
          {field.kind === 'secret' && <KeyState at={at} />}
          <KeyField at={at} field={field} />
          {field.kind === 'secret' && <KeyExtras at={at} fields={folded} />}
          <WizardFoot back={at.back} next={{ label: say('wizard.next'), busy: say('wizard.next_busy') }} />
        </form>
      }
      guide={<Guide at={at} field={field.id} />}
    />
  )
}
