import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { PersonRow } from '#lib/views.ts'
import { type Asking, WholeProblem } from './asking.tsx'
import { RoleChoices } from './role-choices.tsx'

/** **Invite somebody**: an address and a role. */
export function InviteDialog(props: Asking & { roles: readonly PersonRow['role'][] }) {
  const { say, base, roles, value, error } = props
  return (
    <form method="post" action={`${base}/invite`}>
      <Dialog
        id="invite"
        icon="mail"
        title={say('people.invite.title')}
        text={say('people.invite.text')}
        close={base}
        foot={
          <>
            <ButtonLink href={base}>{say('people.invite.keep')}</ButtonLink>
            <SubmitButton busy={say('people.invite.busy')}>{say('people.invite.go')}</SubmitButton>
          </>
        }
      >
        <WholeProblem {...props} />
        <TextField
          id="email"
          name="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          label={say('people.invite.email')}
          hint={say('people.invite.email_hint')}
          defaultValue={value('email')}
          error={error('email')}
        />
        <RoleChoices
          say={say}
          legend={say('people.invite.role')}
          roles={roles}
          chosen={value('role') || 'recruiter'}
        />
        {props.asksPassword && <PasswordAgain {...props} />}
      </Dialog>
    </form>
  )
}
