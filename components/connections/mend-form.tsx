import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { Say } from '#lib/views.ts'

/** Opens the wizard for a new key of this connection: the one way to mend it by hand. */
export function MendForm(props: { say: Say; base: string; name: string }) {
  const { say, base, name } = props
  return (
    <form method="post" action={`${base}/new-key`}>
      <SubmitButton variant="plain" size="sm" busy={say('connections.mend_busy')}>
        {say('connections.mend')}
        <span className="sr-only">: {name}</span>
      </SubmitButton>
    </form>
  )
}
