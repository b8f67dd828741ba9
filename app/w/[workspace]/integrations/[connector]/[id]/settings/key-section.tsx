import { MendForm } from '#components/connections/mend-form.tsx'
import { atsName } from '#components/connections/words.ts'
import { SettingsSection } from '#components/shell/page.tsx'
import { SetDate } from '#components/ui/set-date.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { DateField } from '#components/ui/text-field.tsx'
import { formView, type Search } from '../../../../../../web/form-view.ts'
import type { OpenConnection } from '../connection-frame.tsx'

/** Of one by signing in: the way to do so again. */
export function GrantSection({ open }: { open: OpenConnection }) {
  const { here, connection, base } = open
  const { say } = here
  return (
    <SettingsSection id="key" title={say('connections.settings.grant')} divided>
      <p className="max-w-[60ch] text-muted">
        {say('connections.settings.grant_text', { name: atsName(say, connection) })}
      </p>
      <MendForm say={say} base={base} connection={connection} />
    </SettingsSection>
  )
}

/** The key of a connection: a new one in its place, and the day on which it ends. */
export async function KeySection({ open, search }: { open: OpenConnection; search: Search }) {
  const { here, connection, base } = open
  const { say, actor } = here
  const { lastFour, keyExpiresOn } = connection
  const form = await formView(say, 'connection-expiry', search, actor)
  const field = 'key_expires_on'
  return (
    <SettingsSection id="key" title={say('connections.settings.key')} divided>
      <p className="max-w-[60ch] text-muted">
        {lastFour
          ? say('connections.settings.key_text', { lastFour })
          : say('connections.settings.key_text_short')}
      </p>
      <MendForm say={say} base={base} connection={connection} />
      <form method="post" action={`${base}/expiry`} className="grid max-w-[480px] gap-3">
        <DateField
          id={field}
          name={field}
          label={say('connections.settings.expires')}
          hint={say('connections.settings.expires_hint', { name: atsName(say, connection) })}
          defaultValue={form.value(field, keyExpiresOn ?? '')}
          error={form.error(field)}
          shortcut={
            <SetDate controls={field} years={1}>
              {say('connections.settings.year')}
            </SetDate>
          }
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="plain" busy={say('forms.saving')}>
            {say('forms.save')}
            <span className="sr-only">: {say('connections.settings.expires')}</span>
          </SubmitButton>
          {keyExpiresOn && (
            <SubmitButton variant="quiet" name="drop" value="yes" busy={say('forms.saving')}>
              {say('connections.settings.drop')}
            </SubmitButton>
          )}
        </div>
      </form>
    </SettingsSection>
  )
}
