import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SelectField, TextField } from '#components/ui/text-field.tsx'
import type { MemberChoice } from '#lib/members/list-members.ts'
import type { longest } from '#lib/positions/fields.ts'
import type { Say } from '#lib/views.ts'
import { type FormView, summaryOf } from '../../../web/form-view.ts'
import { positionFieldNames } from './position-field-names.ts'

export type StoredPosition = { title: string; code: string; department: string; place: string; owner: string }

/** Title, code, department, place, owner: the same for a new position and for one that is edited. */
export function PositionFields(props: {
  say: Say
  form: FormView
  stored: StoredPosition
  owners: readonly Pick<MemberChoice, 'id' | 'name'>[]
  departments: readonly string[]
}) {
  const { say, form, stored, owners } = props
  const labels = Object.fromEntries(positionFieldNames.map(name => [name, say(`positions.fields.${name}`)]))
  const text = (name: keyof typeof longest) => ({
    id: name,
    name,
    label: say(`positions.fields.${name}`),
    defaultValue: form.value(name, stored[name]),
    error: form.error(name),
    autoComplete: 'off',
    dir: 'auto',
  })
  return (
    <>
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <TextField {...text('title')} required />
      <div className="grid grid-cols-2 items-start gap-3.5 max-mid:grid-cols-[minmax(0,1fr)]">
        <TextField
          {...text('code')}
          mono
          optional={say('forms.optional')}
          hint={say('positions.fields.code_hint')}
        />
        <TextField {...text('department')} optional={say('forms.optional')} list="departments" />
        <TextField {...text('place')} optional={say('forms.optional')} />
        <SelectField
          id="owner"
          name="owner"
          label={say('positions.fields.owner')}
          defaultValue={form.value('owner', stored.owner)}
          error={form.error('owner')}
          options={owners.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <datalist id="departments">
        {props.departments.map(department => (
          <option key={department} value={department} />
        ))}
      </datalist>
    </>
  )
}
