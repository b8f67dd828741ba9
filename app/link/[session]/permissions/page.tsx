import { Callout } from '#components/ui/callout.tsx'
import { ChoiceRadio } from '#components/ui/choice-card.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import {
  type Permission,
  type PermissionGroup,
  PermissionGroups,
} from '#components/wizard/permission-groups.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { permissionGroups } from '#lib/link-sessions/permission-groups.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.permissions.title')

/** The data permissions, and how much of them. **Next** is the consent. */
export default function PermissionsPage(props: StepProps) {
  return stepPage(props, 'permissions', at => <Permissions at={at} />)
}

function Permissions({ at }: { at: At }) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  const names = { partner: walk.partner.name, workspace: walk.workspace.name, ats }
  return (
    <form method="post" action={at.to('permissions/agree')}>
      <WizardColumn width="wide">
        <WizardHead
          title={say('wizard.permissions.title', names)}
          lead={say('wizard.permissions.lead', names)}
        />
        {at.form.error('permissions') && (
          <Callout tone="bad" role="alert" title={at.form.error('permissions')} />
        )}
        <HowMuch at={at} />
        <PermissionGroups groups={groupsOf(at)} />
        <p className="text-sm text-muted">{say('wizard.permissions.consent', names)}</p>
        <WizardFoot back={at.back} next={{ label: say('wizard.next'), busy: say('wizard.next_busy') }} />
      </WizardColumn>
    </form>
  )
}

function HowMuch({ at: { say, walk } }: { at: At }) {
  const of = `${walk.connector?.manifest.id}.permissions.choice`
  const chosen = walk.progress.answers.permissions ?? 'read_write'
  return (
    <fieldset>
      <legend className="sr-only">{say('wizard.permissions.how_much')}</legend>
      <div className="grid grid-cols-2 gap-3 max-mid:grid-cols-[minmax(0,1fr)]">
        {(['read_write', 'read'] as const).map(choice => (
          <ChoiceRadio
            key={choice}
            name="permissions"
            value={choice}
            checked={choice === chosen}
            title={say(`${of}.${choice}.title`)}
            text={say(`${of}.${choice}.body`)}
          />
        ))}
      </div>
    </fieldset>
  )
}

const kinds = ['reads', 'writes', 'never'] as const
const icons: Readonly<Record<(typeof kinds)[number], readonly IconName[]>> = {
  reads: ['briefcase', 'user', 'users'],
  writes: ['message-square', 'route', 'plus'],
  never: ['building', 'file-text', 'pencil', 'settings'],
}

/** The very list that the consent keeps, with drawings. */
function groupsOf({ say, walk }: At): PermissionGroup[] {
  if (!walk.connector) return []
  const of = `${walk.connector.manifest.id}.permissions`
  return permissionGroups(say, walk.connector, 'read_write').map((group, index) => {
    const kind = kinds[index] ?? 'never'
    const rows = group.rows.map(
      (row, at): Permission => ({
        icon: icons[kind][at] ?? 'list',
        title: row.what,
        text: row.why,
        scope: row.scope,
      }),
    )
    return { id: `permissions-${kind}`, kind, title: group.title, why: say(`${of}.${kind}.note`), rows }
  })
}
