import { Card } from '#components/ui/card.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { permissionGroups } from '#lib/link-sessions/permission-groups.ts'
import type { At } from '../step-page.tsx'
import { checkKey } from './words.ts'

/** The one way on without what was chosen: writing stays off, and the consent that is kept says so. */
export function ReadOnly({ at }: { at: At }) {
  const { say, walk } = at
  const { connector, workspace } = walk
  if (!connector) return null
  const reads = permissionGroups(say, connector, 'read').map(group => group.title)
  const writes = permissionGroups(say, connector, 'read_write').filter(group => !reads.includes(group.title))
  return (
    <Card id="read-only" title={say('wizard.check.or_read_only')}>
      <p className="text-muted">{say(checkKey(at, 'read_only_text'))}</p>
      <ul className="grid gap-1.5">
        {writes
          .flatMap(group => group.rows)
          .map(row => (
            <li key={row.what} className="flex gap-2 text-muted">
              <Icon name="ban" className="mt-[3px]" />
              {row.what}
            </li>
          ))}
      </ul>
      <form method="post" action={at.to('check/confirm')} className="flex flex-wrap items-center gap-4">
        <SubmitButton
          variant="plain"
          size="lg"
          name="permissions"
          value="read"
          busy={say('wizard.check.connecting')}
        >
          {say('wizard.check.read_only')}
        </SubmitButton>
        <p className="flex-[1_1_280px] text-sm text-faint">
          {say('wizard.check.read_only_consent', { workspace: workspace.name })}
        </p>
      </form>
    </Card>
  )
}
