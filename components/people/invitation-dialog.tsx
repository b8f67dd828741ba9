import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { type Asking, WholeProblem } from './asking.tsx'

/** **Send again** or **Withdraw** an invitation; its words lie below `words`, filled with `values`. */
export function InvitationDialog(
  props: Asking & {
    action: string
    withdraws: boolean
    words: string
    values: Readonly<Record<string, string>>
  },
) {
  const { say, base, action, withdraws, values } = props
  const words = (key: string) => say(`${props.words}.${key}`, values)
  return (
    <form method="post" action={action}>
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
        {props.asksPassword && <PasswordAgain {...props} />}
      </Dialog>
    </form>
  )
}
