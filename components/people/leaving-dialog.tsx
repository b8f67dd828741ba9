import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { PersonDetail, Say } from '#lib/views.ts'
import { type Asking, WholeProblem } from './asking.tsx'

type Props = Asking & {
  person: PersonDetail
  /** The name of the workspace, where the person herself leaves it. */
  leaves?: string | undefined
}

/** **Remove** somebody, or **Leave** oneself: what ends and what stays. */
export function LeavingDialog(props: Props) {
  const { say, base, person, leaves } = props
  const { id, name } = person
  const words = (key: string) =>
    say(`people.${leaves ? 'leave' : 'remove'}.${key}`, { name, workspace: leaves ?? '' })
  return (
    <form method="post" action={leaves ? `${base}/leave` : `${base}/people/${id}/remove`}>
      <Dialog
        id="leaving"
        tone="bad"
        icon="log-out"
        title={words('title')}
        text={words('text')}
        close={base}
        foot={
          <>
            <ButtonLink href={base}>{words('keep')}</ButtonLink>
            <SubmitButton variant="danger" busy={words('busy')}>
              {words('go')}
            </SubmitButton>
          </>
        }
      >
        <WholeProblem {...props} />
        <Ends say={say} person={person} />
        {props.asksPassword && <PasswordAgain {...props} />}
      </Dialog>
    </form>
  )
}

const lines = [
  ['access', 'lock'],
  ['invitations', 'mail'],
  ['positions', 'briefcase'],
  ['connections', 'plug'],
  ['record', 'list'],
] as const satisfies readonly (readonly [string, IconName])[]

function Ends({ say, person }: { say: Say; person: PersonDetail }) {
  const { positions, connections } = person
  const counts: Readonly<Record<string, number>> = { positions, connections }
  return (
    <ul className="divide-y divide-line">
      {lines
        .filter(([key]) => counts[key] !== 0)
        .map(([key, icon]) => (
          <li key={key} className="flex gap-3 py-2.5 first:pt-0">
            <Icon name={icon} className="mt-0.5" />
            <div className="min-w-0">
              <b className="block">{say(`people.ends.${key}`, { count: counts[key] ?? 0 })}</b>
              <p className="text-sm text-muted">
                {say(`people.ends.${key}_text`, { count: counts[key] ?? 0 })}
              </p>
            </div>
          </li>
        ))}
    </ul>
  )
}
