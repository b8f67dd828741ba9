import { ButtonLink } from '#components/ui/button.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { isProven } from '#lib/members/recent-proof.ts'
import { formView, type Search, summaryOf } from '../../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../../web/here.ts'
import { pageTitle } from '../../../web/words.tsx'
import { base, customerFormPage } from '../form-page.tsx'

const words = { title: 'customers.invite.act', lead: 'customers.invite.lead' }

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say(words.title))
}

/** A new customer: the company, and the address of the admin who is to own its workspace. */
export default function InviteCustomerPage({ searchParams }: { searchParams: Search }) {
  return customerFormPage(words, at => <InviteForm at={at} search={searchParams} />)
}

async function InviteForm({ at: { say, actor }, search }: { at: AtPartner; search: Search }) {
  const [form, proven] = await Promise.all([formView(say, 'customer-invite', search, actor), isProven(actor)])
  const word = (key: string) => say(`customers.invite.${key}`)
  const labels = {
    company: word('company'),
    email: word('email'),
    password: say('forms.again'),
  }
  return (
    <form method="post" action={`${base}/invite/send`} className="grid max-w-[480px] gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <TextField
        id="company"
        name="company"
        autoComplete="off"
        required
        label={labels.company}
        hint={word('company_hint')}
        defaultValue={form.value('company')}
        error={form.error('company')}
      />
      <TextField
        id="email"
        name="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        label={labels.email}
        hint={word('email_hint')}
        defaultValue={form.value('email')}
        error={form.error('email')}
      />
      {!proven && <PasswordAgain say={say} error={form.error} />}
      <p className="text-muted">{word('then')}</p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton busy={word('busy')}>{word('go')}</SubmitButton>
        <ButtonLink variant="quiet" href={base}>
          {say('partner.new_workspace.keep')}
        </ButtonLink>
      </div>
    </form>
  )
}
