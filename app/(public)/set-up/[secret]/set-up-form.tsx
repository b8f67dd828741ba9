import { SecretField } from '#components/ui/affix-field.tsx'
import { CheckField } from '#components/ui/check-field.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Say } from '#lib/views.ts'
import { type FormView, summaryOf } from '../../../web/form-view.ts'
import { ZoneField } from '../../zone-field.tsx'

const texts = [
  { name: 'partner', autoComplete: 'organization', hint: true },
  { name: 'workspace', autoComplete: 'off', hint: true },
  { name: 'name', autoComplete: 'name', hint: false },
  { name: 'email', autoComplete: 'username', hint: true },
] as const

/** Partner, workspace, owner, password, samples. */
export function SetUpForm({ say, form, action }: { say: Say; form: FormView; action: string }) {
  const labels = Object.fromEntries(
    [...texts.map(text => text.name), 'password'].map(name => [name, say(`setUp.${name}`)]),
  )
  return (
    <form method="post" action={action} className="grid gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <ZoneField />
      {texts.map(({ name, autoComplete, hint }) => (
        <TextField
          large
          key={name}
          id={name}
          name={name}
          inputMode={name === 'email' ? 'email' : 'text'}
          autoComplete={autoComplete}
          required
          label={say(`setUp.${name}`)}
          hint={hint && say(`setUp.${name}_hint`)}
          defaultValue={form.value(name)}
          error={form.error(name)}
        />
      ))}
      <SecretField
        id="password"
        name="password"
        kind="password"
        autoComplete="new-password"
        required
        label={say('setUp.password')}
        hint={say('setUp.password_hint')}
        show={say('forms.show')}
        error={form.error('password')}
      />
      <CheckField
        name="samples"
        value="yes"
        defaultChecked={form.refused ? form.value('samples') === 'yes' : true}
        label={say('setUp.samples')}
        hint={say('setUp.samples_hint')}
      />
      <SubmitButton size="lg" block busy={say('setUp.busy')}>
        {say('setUp.submit')}
      </SubmitButton>
    </form>
  )
}
