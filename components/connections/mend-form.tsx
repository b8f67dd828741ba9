import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { ConnectionRow, Say } from '#lib/views.ts'

type Props = { say: Say; base: string; connection: Pick<ConnectionRow, 'name' | 'way'> }

/** Opens the wizard for a new key of this connection, or for signing in again: the one way to mend it by hand. */
export function MendForm({ say, base, connection: { name, way } }: Props) {
  return (
    <form method="post" action={`${base}/new-key`}>
      <SubmitButton variant="plain" size="sm" busy={say('connections.mend_busy')}>
        {say('connections.mend', { way })}
        <span className="sr-only">: {name}</span>
      </SubmitButton>
    </form>
  )
}
