import { SecretField } from '#components/ui/affix-field.tsx'
import type { Say } from '#lib/views.ts'
import type { FormView } from '../../web/form-view.ts'

/** Her own password, where it was given too long ago. */
export function PasswordAgain({ say, form }: { say: Say; form: FormView }) {
  return (
    <SecretField
      id="password"
      name="password"
      kind="password"
      autoComplete="current-password"
      required
      label={say('partner.new_workspace.password')}
      hint={say('partner.new_workspace.password_hint')}
      error={form.error('password')}
      show={say('forms.show')}
    />
  )
}
