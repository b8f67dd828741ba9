import { SettingsSection } from '#components/shell/page.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { formView, type Search } from '../../../../../../web/form-view.ts'
import type { OpenConnection } from '../connection-frame.tsx'

/** What the workspace calls a connection. */
export async function NameSection({ open, search }: { open: OpenConnection; search: Search }) {
  const { here, connection, base } = open
  const { say, actor } = here
  const form = await formView(say, 'connection-rename', search, actor)
  return (
    <SettingsSection id="naming" title={say('connections.settings.name')}>
      <form method="post" action={`${base}/rename`} className="grid max-w-[480px] gap-3">
        <TextField
          id="name"
          name="name"
          autoComplete="off"
          required
          label={say('connections.settings.name')}
          hint={say('connections.settings.name_hint')}
          defaultValue={form.value('name', connection.name)}
          error={form.error('name')}
        />
        <div>
          <SubmitButton variant="plain" busy={say('forms.saving')}>
            {say('forms.save')}
            <span className="sr-only">: {say('connections.settings.name')}</span>
          </SubmitButton>
        </div>
      </form>
    </SettingsSection>
  )
}
