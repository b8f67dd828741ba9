import type { Say } from '#lib/views.ts'
import { SubmitButton } from '../ui/submit-button.tsx'

/** Starts the wizard at the job, with the connection that is there. */
export function ChangeJobForm(props: { say: Say; position: string; connectionId: string }) {
  const { say, position, connectionId } = props
  return (
    <form method="post" action={`${position}/change-job`} className="inline">
      <input type="hidden" name="connection" value={connectionId} />
      <SubmitButton variant="plain" size="sm" icon="arrow-down-up" busy={say('positions.connecting')}>
        {say('positions.change_job')}
      </SubmitButton>
    </form>
  )
}
