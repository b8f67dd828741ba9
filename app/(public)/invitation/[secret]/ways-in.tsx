import { SecretField } from '#components/ui/affix-field.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Invitation } from '#lib/members/read-invitation.ts'
import type { Say } from '#lib/views.ts'
import { type FormView, summaryOf } from '../../../web/form-view.ts'
import { ZoneField } from '../../zone-field.tsx'

type Way = {
  say: Say
  /** The invitation's own address; each way in posts below it. */
  base: string
  invitation: Invitation
  form: FormView
}

/** Where the words of an invitation lie: the partner's own person asks a company aboard, a member a colleague. */
export const wordsOf = ({ inviter }: Invitation): string =>
  inviter === null ? 'invitation.customer' : 'invitation'

/** The address that was invited: it is told, not asked. Password managers take it as the name of the account. */
function Address({ say, invitation }: Way) {
  return (
    <TextField
      large
      readOnly
      id="email"
      autoComplete="username"
      label={say('invitation.email')}
      hint={say('invitation.email_hint')}
      defaultValue={invitation.email}
    />
  )
}

/** No account of this address: make one and join. */
export function NewAccountForm(way: Way) {
  const { say, base, form, invitation } = way
  const labels = { name: say('invitation.name'), password: say('invitation.password') }
  return (
    <form method="post" action={`${base}/create`} className="grid gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <ZoneField />
      <Address {...way} />
      <TextField
        large
        id="name"
        name="name"
        autoComplete="name"
        required
        label={labels.name}
        defaultValue={form.value('name')}
        error={form.error('name')}
      />
      <SecretField
        id="password"
        name="password"
        kind="password"
        autoComplete="new-password"
        required
        label={labels.password}
        hint={say('invitation.password_hint')}
        show={say('forms.show')}
        error={form.error('password')}
      />
      <SubmitButton size="lg" block busy={say('invitation.creating')}>
        {say(`${wordsOf(invitation)}.create`)}
      </SubmitButton>
    </form>
  )
}

/** There is an account of this address: its password first. */
export function EnterForm(way: Way) {
  const { say, base, form } = way
  return (
    <form method="post" action={`${base}/enter`} className="grid gap-4">
      <p className="text-muted">{say('invitation.known')}</p>
      <ZoneField />
      <Address {...way} />
      <SecretField
        id="password"
        name="password"
        kind="password"
        autoComplete="current-password"
        required
        label={say('invitation.password')}
        show={say('forms.show')}
        error={form.error('password') ?? form.error('')}
      />
      <SubmitButton size="lg" block busy={say('invitation.entering')}>
        {say('invitation.enter')}
      </SubmitButton>
    </form>
  )
}

/** Signed in as whoever was invited: one press. */
export function JoinForm({ say, base, invitation, email }: Way & { email: string }) {
  return (
    <form method="post" action={`${base}/join`} className="grid gap-4">
      <p className="wrap-anywhere text-muted">{say('invitation.ready', { email })}</p>
      <SubmitButton size="lg" block busy={say('invitation.joining')}>
        {say(`${wordsOf(invitation)}.join`, { workspace: invitation.workspace.name })}
      </SubmitButton>
    </form>
  )
}

/** Signed in as somebody else: never with the wrong account. */
export function OtherPerson({ say, base, invitation, email }: Way & { email: string }) {
  return (
    <>
      <Callout tone="warn" title={say('invitation.other_title')}>
        <span className="wrap-anywhere">{say('invitation.other', { email, invited: invitation.email })}</span>
      </Callout>
      <form method="post" action={`${base}/sign-out`}>
        <SubmitButton size="lg" block busy={say('invitation.signing_out')}>
          {say('invitation.sign_out')}
        </SubmitButton>
      </form>
    </>
  )
}
