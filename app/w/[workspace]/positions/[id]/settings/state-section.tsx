import { SettingsSection } from '#components/shell/page.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { PositionRow, Say } from '#lib/views.ts'

/** Closes an open position, reopens a closed one; what is done can be undone, so nothing is asked first. */
export function StateSection({ say, position, base }: { say: Say; position: PositionRow; base: string }) {
  const [act, variant] =
    position.state === 'open' ? (['close', 'danger-plain'] as const) : (['reopen', 'plain'] as const)
  const busy = act === 'close' ? 'closing' : 'reopening'
  return (
    <SettingsSection divided id="state" title={say(`positions.${act}_title`)}>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-[52ch] text-muted">{say(`positions.${act}_text`)}</p>
        <form method="post" action={`${base}/${position.id}/${act}`}>
          <SubmitButton variant={variant} busy={say(`positions.${busy}`)}>
            {say(`positions.${act}`)}
          </SubmitButton>
        </form>
      </div>
    </SettingsSection>
  )
}
