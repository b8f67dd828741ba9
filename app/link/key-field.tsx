import { AffixField, SecretField } from '#components/ui/affix-field.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { SetDate } from '#components/ui/set-date.tsx'
import { DateField, TextField } from '#components/ui/text-field.tsx'
import type { Field } from '#lib/connectors/manifest.ts'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import type { At } from './step-page.tsx'

/** Beside a suffix longer than this, a phone has no room for what stands before the field as well. */
const longSuffix = 16

/** A field of the manifest as its kind wants it. `inForm` takes the words of the one form of New authentication. */
export function KeyField({ at, field, inForm }: { at: At; field: Field; inForm?: boolean }) {
  const { say, form, walk } = at
  const words = wordsOf(at, field, inForm)
  const same = {
    id: field.id,
    name: field.id,
    label: words.label,
    hint: words.hint,
    error: form.error(field.id),
  }
  const value = form.value(field.id, walk.progress.answers.fields?.[field.id])
  if (field.kind === 'secret') {
    return <SecretField {...same} show={say('forms.show')} hintIcon="lock" />
  }
  if (field.kind === 'date') {
    return <DateField {...same} defaultValue={value} shortcut={<InAYear at={at} id={field.id} />} />
  }
  if (field.id !== 'subdomain') return <TextField {...same} mono defaultValue={value} autoComplete="off" />
  const suffix = accountAddress(walk)?.suffix
  const { fields, typedAs } = walk.progress.answers
  const isUnderstood = Boolean(typedAs?.[field.id]) && value === fields?.[field.id]
  return (
    <AffixField
      {...same}
      {...(suffix && suffix.length > longSuffix ? {} : { prefix: 'https://' })}
      {...(suffix ? { suffix: `.${suffix}` } : {})}
      placeholder={say(`${words.of}.placeholder`)}
      defaultValue={value}
      understood={isUnderstood && <Understood at={at} />}
    />
  )
}

const InAYear = ({ at, id }: { at: At; id: string }) => (
  <SetDate controls={id} years={1}>
    {at.say('wizard.enter.in_a_year')}
  </SetDate>
)

/** What was taken from what she typed, where the two differ. */
export function Understood({ at: { say, walk } }: { at: At }) {
  const typed = walk.progress.answers.typedAs?.subdomain
  const taken = walk.progress.answers.fields?.subdomain
  if (!typed || !taken) return null
  return <Rich>{say('wizard.enter.understood', { taken, typed })}</Rich>
}

function wordsOf({ say, walk }: At, field: Field, inForm: boolean | undefined) {
  const manifest = walk.connector?.manifest
  const of = `${manifest?.id}.fields.${field.id}`
  const [label, help] = inForm ? ['formLabel', 'formHelp'] : ['label', 'help']
  const mail = manifest?.partnerProgramme.mail ?? ''
  const spoken = say.has(`${of}.${help}`) ? `${of}.${help}` : `${of}.help`
  const lines = [say(spoken), say(`${of}.hint`, { mail })]
  return { of, label: say(`${of}.${label}`), hint: say('wizard.enter.hint', hintOf(lines)) }
}

const hintOf = ([help = '', hint = '']: string[]) => ({ help: help.replace(/\.$/, ''), hint })
