import { SettingsSection } from '#components/shell/page.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { SelectField, TextField } from '#components/ui/text-field.tsx'
import { languageName, locales } from '#lib/intl.ts'
import { timeZones } from '#lib/members/edit-account.ts'
import { type FormView, formView, type Search, summaryOf } from '../web/form-view.ts'
import type { Person } from '../web/here.ts'

/** Name, address, language and time zone. */
export async function DetailsSection({ person, search }: { person: Person; search: Search }) {
  const { say, actor, reads } = person
  const form = await formView(say, 'account', search, actor)
  const labels = {
    name: say('account.name'),
    language: say('account.language'),
    zone: say('account.time_zone'),
  }
  return (
    <SettingsSection id="details" title={say('account.details')}>
      <form method="post" action="/account/save" className="grid max-w-[480px] gap-4">
        <ErrorSummary
          title={say('forms.summary', { count: form.problems.length })}
          items={summaryOf(form, labels)}
        />
        <TextField
          id="name"
          name="name"
          autoComplete="name"
          required
          label={labels.name}
          defaultValue={form.value('name', actor.name)}
          error={form.error('name')}
        />
        <TextField
          id="email"
          readOnly
          label={say('account.email')}
          hint={say('account.email_hint')}
          defaultValue={actor.email}
        />
        <Language person={person} form={form} label={labels.language} />
        <SelectField
          id="zone"
          name="zone"
          label={labels.zone}
          hint={say('account.time_zone_hint')}
          defaultValue={form.value('zone', reads.timeZone ?? 'UTC')}
          error={form.error('zone')}
          options={timeZones().map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <div>
          <SubmitButton busy={say('forms.saving')}>{say('forms.save')}</SubmitButton>
        </div>
      </form>
    </SettingsSection>
  )
}

/** A choice where there is one, else a sentence. */
function Language({ person, form, label }: { person: Person; form: FormView; label: string }) {
  const { say, reads } = person
  if (locales.length < 2)
    return (
      <div className="grid gap-1.5">
        <p className="text-base/5 font-semibold">{label}</p>
        <p className="text-muted">{say('account.language_only', { language: languageName(say.locale) })}</p>
      </div>
    )
  return (
    <SelectField
      id="language"
      name="language"
      label={label}
      hint={say('account.language_hint')}
      defaultValue={form.value('language', reads.locale)}
      error={form.error('language')}
      options={locales.map(locale => ({ value: locale, label: languageName(locale) }))}
    />
  )
}
