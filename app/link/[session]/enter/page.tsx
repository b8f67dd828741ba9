import { Callout } from '#components/ui/callout.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { WizardFoot, WizardHead, WizardSplit } from '#components/wizard/wizard-step.tsx'
import type { Field } from '#lib/connectors/manifest.ts'
import { Guide } from '../../guide.tsx'
import { NameField } from '../../key-extras.tsx'
import { KeyField } from '../../key-field.tsx'
import { KeyState } from '../../key-state.tsx'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.enter.form_title')

/** New authentication: the same fields as the wizard's screens, on one form. */
export default function EnterPage(props: StepProps) {
  return stepPage(props, 'enter', at => <EnterForm at={at} />)
}

function EnterForm({ at }: { at: At }) {
  const { say, walk } = at
  const fields = inOrder(walk.connector?.manifest.fields ?? [])
  const secret = fields.find(field => field.kind === 'secret')
  return (
    <WizardSplit
      form={
        <form method="post" action={at.to('enter-all')} className="grid gap-6">
          <WizardHead title={say('wizard.enter.form_title')} lead={leadOf(at)} />
          <Problems at={at} fields={fields} />
          <KeyState at={at} />
          <NameField at={at} large />
          {fields.map(field => (
            <KeyField key={field.id} at={at} field={field} inForm />
          ))}
          <WizardFoot back={at.back} next={{ label: say('wizard.next'), busy: say('wizard.next_busy') }} />
        </form>
      }
      guide={secret && <Guide at={at} field={secret.id} />}
    />
  )
}

const leadOf = ({ say, walk }: At) =>
  say('wizard.enter.form_lead', { partner: walk.partner.name, ats: walk.connector?.manifest.name ?? '' })

/** The token first, as guides elsewhere show the form. */
const inOrder = (fields: readonly Field[]): Field[] => [
  ...fields.filter(field => field.kind === 'secret'),
  ...fields.filter(field => field.kind !== 'secret'),
]

function Problems({ at, fields }: { at: At; fields: readonly Field[] }) {
  const items = ['name', ...fields.map(field => field.id)].flatMap(field => {
    const text = at.form.error(field)
    return text ? [{ field, text }] : []
  })
  return (
    <>
      {at.form.error('') && <Callout tone="bad" role="alert" title={at.form.error('')} />}
      <ErrorSummary title={at.say('forms.summary', { count: items.length })} items={items} />
    </>
  )
}
