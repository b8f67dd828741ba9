import type { Say } from '#lib/views.ts'
import { SecretField } from './affix-field.tsx'

/** Her own password, where a change wants it and it was given too long ago. */
export function PasswordAgain({ say, error }: { say: Say; error: (name: string) => string | undefined }) {
  return (
    <SecretField
      id="password"
      name="password"
      kind="password"
      autoComplete="current-password"
      label={say('forms.again')}
      hint={say('forms.again_hint')}
      error={error('password')}
      show={say('forms.show')}
    />
  )
}
