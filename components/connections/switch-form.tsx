import { SwitchButton } from '#components/ui/check-field.tsx'
import type { ConnectionDetail, ConnectionRow, Say } from '#lib/views.ts'
import type { Activation } from './trouble.ts'

type Props = {
  say: Say
  connection: ConnectionDetail | ConnectionRow
  /** Address of the connection. */
  base: string
  activation: Activation | undefined
  /** Where it stands: switching off leads back there. */
  from: 'list' | 'page' | 'settings'
}

/** **Active / Inactive**: a press is the other one. On while it is checked before, so that a press keeps it off. */
export function SwitchForm({ say, connection, base, activation, from }: Props) {
  const { status, name } = connection
  if (status === 'pending' || status === 'deleted') return null
  const checked = status === 'inactive' && activation === 'under_way'
  const on = status !== 'inactive' || checked
  return (
    <form method="post" action={`${base}/active`}>
      <input type="hidden" name="from" value={from} />
      <SwitchButton
        on={on}
        label={say(`connections.switch.${checked ? 'activating' : status}`)}
        spoken={say('connections.switch.of', { name })}
        name="active"
        value={on ? 'no' : 'yes'}
      />
    </form>
  )
}
