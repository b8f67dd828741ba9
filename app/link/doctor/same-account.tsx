import { Card } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { SameAccount } from '#lib/checks/read.ts'
import type { At } from '../step-page.tsx'
import { checkKey } from './words.ts'

/** The account is connected already: its connection is used, or gets the key that was just proven. There is no second one. */
export function ConnectedAlready({ at, same }: { at: At; same: SameAccount }) {
  const { say, walk } = at
  const { name, positions } = same
  const usable = same.status === 'active'
  // Without a position the walk is there for the connection itself: the new key is what was wanted.
  const mayUse = usable && walk.progress.hasPosition
  const state = usable ? 'active' : same.status === 'inactive' ? 'inactive' : 'dead'
  const text = same.mayMend ? state : `${state}_others`
  return (
    <Card id="connected-already" title={say('wizard.check.already', { name })}>
      <p className="text-muted">{say(checkKey(at, `already_${text}`), { positions })}</p>
      <div className="flex flex-wrap gap-2">
        {mayUse && <UseButton at={at} same={same} />}
        {same.mayMend && (
          <form method="post" action={at.to('check/replace')}>
            <SubmitButton variant={mayUse ? 'quiet' : 'primary'} busy={say('wizard.next_busy')}>
              {say(checkKey(at, 'give_key'))}
            </SubmitButton>
          </form>
        )}
      </div>
    </Card>
  )
}

/** Goes on with the connection that is there. */
export function UseButton({ at, same }: { at: At; same: SameAccount }) {
  const { say } = at
  return (
    <form method="post" action={at.to('check/use')}>
      <SubmitButton name="connection" value={same.id} busy={say('wizard.next_busy')}>
        {say('wizard.check.use_it', { name: same.name })}
      </SubmitButton>
    </form>
  )
}
