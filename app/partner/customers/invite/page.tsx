import { notFound } from 'next/navigation'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { PasswordAgain } from '#components/ui/password-again.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { isProven } from '#lib/members/recent-proof.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import { formView, type Search, summaryOf } from '../../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../../web/here.ts'
import { PartnerFrame } from '../../../web/partner-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'

const base = '/partner/customers'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('customers.invite.act'))
}

/** A new customer: the company, and the address of the admin who is to own its workspace. */
export default async function InviteCustomerPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  if (!partnerCan(actor.role, 'manage_customers')) notFound()
  const title = say('customers.invite.act')
  return (
    <PartnerFrame at={at} place="customers">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('partner.customers'), href: base }, { label: title }]}
        />
        <PageHead title={title} lead={say('customers.invite.lead')} />
        <InviteForm at={at} search={searchParams} />
      </Page>
    </PartnerFrame>
  )
}

async function InviteForm({ at: { say, actor }, search }: { at: AtPartner; search: Search }) {
  const [form, proven] = await Promise.all([formView(say, 'customer-invite', search, actor), isProven(actor)])
  const words = (key: string) => say(`customers.invite.${key}`)
  const labels = {
    company: words('company'),
    email: words('email'),
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
        hint={words('company_hint')}
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
        hint={words('email_hint')}
        defaultValue={form.value('email')}
        error={form.error('email')}
      />
      {!proven && <PasswordAgain say={say} error={form.error} />}
      <p className="text-muted">{words('then')}</p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton busy={words('busy')}>{words('go')}</SubmitButton>
        <ButtonLink variant="quiet" href={base}>
          {say('partner.new_workspace.keep')}
        </ButtonLink>
      </div>
    </form>
  )
}
