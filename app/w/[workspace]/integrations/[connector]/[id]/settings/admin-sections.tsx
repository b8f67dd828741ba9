import { SwitchForm } from '#components/connections/switch-form.tsx'
import { atsName } from '#components/connections/words.ts'
import { SettingsSection } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { OpenConnection } from '../connection-frame.tsx'

/** What Inactive means, before it is pressed. */
export function StateSection({ open }: { open: OpenConnection }) {
  const { here, connection, base, activation } = open
  const { say } = here
  return (
    <SettingsSection id="state" title={say('connections.settings.state')} divided>
      <p className="max-w-[60ch] text-muted">
        {say('connections.settings.state_text', {
          name: atsName(say, connection),
          way: connection.way,
        })}
      </p>
      <SwitchForm say={say} connection={connection} base={base} activation={activation} from="settings" />
    </SettingsSection>
  )
}

/** Leads to the question; nothing is deleted by this press. */
export function DeleteSection({ open }: { open: OpenConnection }) {
  const { here, base, positions: count, connection } = open
  const { say } = here
  return (
    <SettingsSection id="deleting" title={say('connections.settings.delete')} divided>
      <p className="max-w-[60ch] text-muted">
        {say(`connections.settings.delete_text${connection.way === 'oauth' ? '_grant' : ''}`, { count })}
      </p>
      <div>
        <ButtonLink variant="danger-plain" icon="trash" href={`${base}/settings?ask=delete`}>
          {say('connections.settings.delete')}
        </ButtonLink>
      </div>
    </SettingsSection>
  )
}
