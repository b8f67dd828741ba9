import { CheckField } from '#components/ui/check-field.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SelectField, TextField } from '#components/ui/text-field.tsx'
import type { MemberChoice } from '#lib/members/list-members.ts'
import { callingCountries, countryName, parseNumber, shownNumber } from '#lib/numbers/phone.ts'
import type { Say } from '#lib/views.ts'
import { type FormView, summaryOf } from '../../../web/form-view.ts'

export type StoredNumber = {
  number: string
  country: string
  label: string
  owner: string
  calls: boolean
  messages: boolean
}

type Props = {
  say: Say
  form: FormView
  stored: StoredNumber
  owners: readonly MemberChoice[]
  /** Connections use it, so that a tick that is taken away takes something from them. */
  used?: boolean | undefined
}

/** Number, country, label, owner, and what it carries: the same for a new number and for one that is edited. */
export function NumberFields(props: Props) {
  const { say, form, stored } = props
  const labels = {
    number: say('numbers.number'),
    country: say('numbers.country'),
    label: say('numbers.label'),
    owner: say('numbers.owner'),
    calls: say('numbers.carries'),
  }
  return (
    <>
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <div className="grid grid-cols-2 items-start gap-3.5 max-mid:grid-cols-[minmax(0,1fr)]">
        <NumberField {...props} />
        <SelectField
          id="country"
          name="country"
          label={labels.country}
          hint={say('numbers.country_hint')}
          defaultValue={form.value('country', stored.country)}
          options={countryOptions(say)}
        />
        <TextField
          id="label"
          name="label"
          dir="auto"
          autoComplete="off"
          required
          label={labels.label}
          hint={say('numbers.label_hint')}
          defaultValue={form.value('label', stored.label)}
          error={form.error('label')}
        />
        <OwnerField {...props} />
      </div>
      <Carries {...props} />
    </>
  )
}

function NumberField({ say, form, stored }: Props) {
  const typed = form.value('number', stored.number)
  const parsed = parseNumber(typed, form.value('country', stored.country))
  return (
    <TextField
      id="number"
      name="number"
      type="tel"
      mono
      dir="ltr"
      autoComplete="off"
      required
      label={say('numbers.number')}
      hint={say('numbers.number_hint')}
      defaultValue={typed}
      error={form.error('number')}
      understood={form.refused && parsed.ok && understoodWords(say, 'understood', parsed.e164)}
    />
  )
}

const countryOptions = (say: Say) => [
  { value: '', label: say('numbers.country_none') },
  ...callingCountries(say.locale).map(({ code, name, calling }) => ({
    value: code,
    label: say('numbers.country_option', { name, calling }),
  })),
]

/** An owner who has left is nobody to choose: the field asks for another one. */
function OwnerField({ say, form, stored, owners }: Props) {
  const options = owners.map(({ id, name }) => ({ value: id, label: name }))
  const known = owners.some(({ id }) => id === stored.owner)
  return (
    <SelectField
      id="owner"
      name="owner"
      required
      label={say('numbers.owner')}
      hint={say('numbers.owner_hint')}
      defaultValue={form.value('owner', known ? stored.owner : '')}
      error={form.error('owner')}
      options={known ? options : [{ value: '', label: say('numbers.owner_choose') }, ...options]}
    />
  )
}

function Carries({ say, form, stored, used }: Props) {
  const error = form.error('calls')
  const ticked = (use: 'calls' | 'messages') => (form.value('whole') ? form.value(use) !== '' : stored[use])
  return (
    <fieldset className="grid gap-1.5" aria-describedby="carries-message">
      <legend className="mb-1.5 text-base/5 font-semibold">{say('numbers.carries')}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {(['calls', 'messages'] as const).map(use => (
          <CheckField
            key={use}
            id={use}
            name={use}
            value="yes"
            defaultChecked={ticked(use)}
            aria-invalid={error ? true : undefined}
            label={say(`numbers.${use}`)}
          />
        ))}
      </div>
      <p id="carries-message" className={`text-sm ${error ? 'text-bad-ink' : 'text-muted'}`}>
        {error ?? say(used ? 'numbers.carries_used' : 'numbers.carries_hint')}
      </p>
      <input type="hidden" name="whole" value="yes" />
    </fieldset>
  )
}

/** What was understood, or was done, with the number and its country. */
export function understoodWords(say: Say, key: 'understood' | 'added' | 'saved', e164: string): string {
  const { text, country } = shownNumber(e164)
  if (!country) return say(`numbers.${key}`, { number: text })
  return say(`numbers.${key}_in`, { number: text, country: countryName(say.locale, country) })
}
