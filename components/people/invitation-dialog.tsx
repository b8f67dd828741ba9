import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { InvitationRow } from '#lib/views.ts'
import { AgainField, type Asking, WholeProblem } from './again-field.tsx'

/** **Send again** or **Withdraw** an invitation. */
export function InvitationDialog(
  props: Asking & { invitation: InvitationRow; act: 'send_again' | 'withdraw' },
) {
  const { say, base, invitation, act } = props
  const { id, email } = invitation
  const words = (key: string) => say(`people.${act}.${key}`, { email })
  const withdraws = act === 'withdraw'
  return (
    <form method="post" action={`${base}/invitations/${id}/${withdraws ? 'withdraw' : 'again'}`}>
      <Dialog
        id="invitation"
        tone={withdraws ? 'bad' : 'info'}
        icon={withdraws ? 'ban' : 'send'}
        title={words('title')}
        text={words('text')}
        close={base}
        foot={
          <>
            <ButtonLink href={base}>{words('keep')}</ButtonLink>
            <SubmitButton variant={withdraws ? 'danger' : 'primary'} busy={words('busy')}>
              {words('go')}
            </SubmitButton>
          </>
        }
      >
        <WholeProblem {...props} />
        <AgainField {...props} />
      </Dialog>
    </form>
  )
}
