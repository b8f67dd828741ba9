import { DeleteDialog } from '#components/connections/delete-dialog.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { linkedPositions } from '#lib/connections/read.ts'
import { isProven } from '#lib/members/recent-proof.ts'
import { formView, type Search } from '../../../../../../web/form-view.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  type OpenConnection,
  openConnection,
} from '../connection-frame.tsx'
import { DeleteSection, StateSection } from './admin-sections.tsx'
import { GrantSection, KeySection } from './key-section.tsx'
import { NameSection } from './name-section.tsx'

type Props = ConnectionProps & { searchParams: Search }

export const generateMetadata = connectionTitle

/** What can be changed about a connection, and who may; **Delete integration** asks over it. */
export default async function ConnectionSettings(props: Props) {
  const open = await openConnection(props)
  const { here, connection, mayMend, maySwitch } = open
  const { say } = here
  const search = await props.searchParams
  return (
    <ConnectionFrame open={open} tab="settings">
      {search.saved !== undefined && search.form === undefined && (
        <Callout tone="ok" role="status" title={say('connections.settings.saved')} />
      )}
      {!mayMend && (
        <p className="text-muted">{say('connections.settings.who', { maker: connection.createdByName })}</p>
      )}
      {mayMend && <NameSection open={open} search={props.searchParams} />}
      {mayMend &&
        (connection.way === 'oauth' ? (
          <GrantSection open={open} />
        ) : (
          <KeySection open={open} search={props.searchParams} />
        ))}
      {maySwitch ? (
        <>
          <StateSection open={open} />
          <DeleteSection open={open} />
          {search.ask === 'delete' && <AskDelete open={open} search={props.searchParams} />}
        </>
      ) : (
        mayMend && <p className="text-sm text-faint">{say('connections.settings.who_admin')}</p>
      )}
    </ConnectionFrame>
  )
}

async function AskDelete({ open, search }: { open: OpenConnection; search: Search }) {
  const { here, connection, base, positions, numbers } = open
  const [form, linked, proven] = await Promise.all([
    formView(here.say, 'connection-delete', search, here.actor),
    linkedPositions(here.actor, connection.id),
    isProven(here.actor),
  ])
  return (
    <DeleteDialog
      say={here.say}
      connection={connection}
      base={base}
      linked={linked}
      positions={positions}
      numbers={numbers}
      asksPassword={!proven}
      value={form.value}
      error={form.error}
    />
  )
}
