import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { PersonDetail } from '#lib/views.ts'
import { type Asking, WholeProblem } from './asking.tsx'
import { RoleChoices } from './role-choices.tsx'

/** **Change role** of one person. */
export function RoleDialog(props: Asking & { person: PersonDetail; roles: readonly PersonDetail['role'][] }) {
  const { say, base, person, roles, value } = props
  const { id, name, role } = person
  return (
    <form method="post" action={`${base}/people/${id}/role`}>
      <Dialog
        id="role"
        icon="user"
        title={say('people.role.title', { name })}
        text={say('people.role.text', { name })}
        close={base}
        foot={
          <>
            <ButtonLink href={base}>{say('people.role.keep')}</ButtonLink>
            <SubmitButton busy={say('people.role.busy')}>{say('people.role.go')}</SubmitButton>
          </>
        }
      >
        <WholeProblem {...props} />
        <RoleChoices
          say={say}
          legend={say('people.role.legend')}
          roles={roles}
          chosen={value('role') || role}
        />
        {props.asksPassword && <PasswordAgain {...props} />}
      </Dialog>
    </form>
  )
}
