import { SettingsSection } from '#components/shell/page.tsx'
import { SecretField } from '#components/ui/affix-field.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { formView, type Search, summaryOf } from '../web/form-view.ts'
import type { Person } from '../web/here.ts'

/** The password: the one she has, and a new one. */
export async function PasswordSection({ person, search }: { person: Person; search: Search }) {
  const { say, actor } = person
  const form = await formView(say, 'account-password', search, actor)
  const labels = { current: say('account.password.current'), password: say('account.password.new') }
  return (
    <SettingsSection id="passwords" title={say('account.password.title')} divided>
      <p className="max-w-[60ch] text-muted">{say('account.password.text')}</p>
      <form method="post" action="/account/password" className="grid max-w-[480px] gap-4">
        <ErrorSummary
          title={say('forms.summary', { count: form.problems.length })}
          items={summaryOf(form, labels)}
        />
        {/* For whatever keeps her passwords: whose this one is. */}
        <input hidden readOnly name="username" autoComplete="username" value={actor.email} />
        <SecretField
          id="current"
          name="current"
          kind="password"
          autoComplete="current-password"
          required
          label={labels.current}
          error={form.error('current')}
          show={say('forms.show')}
        />
        <SecretField
          id="password"
          name="password"
          kind="password"
          autoComplete="new-password"
          required
          label={labels.password}
          hint={say('account.password.new_hint')}
          error={form.error('password')}
          show={say('forms.show')}
        />
        <div>
          <SubmitButton variant="plain" busy={say('account.password.changing')}>
            {say('account.password.change')}
          </SubmitButton>
        </div>
      </form>
    </SettingsSection>
  )
}
