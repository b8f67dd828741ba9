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

const words = { title: 'partner.new_workspace.title', lead: 'partner.new_workspace.lead' }

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say(words.title))
}

/** A workspace that its maker owns, such as one to try things in: its name, and where the sign-in is old the password. */
export default function NewWorkspacePage({ searchParams }: { searchParams: Search }) {
  return customerFormPage(words, at => <NewWorkspaceForm at={at} search={searchParams} />)
}

async function NewWorkspaceForm({ at: { say, actor }, search }: { at: AtPartner; search: Search }) {
  const [form, proven] = await Promise.all([formView(say, 'workspace-new', search, actor), isProven(actor)])
  const labels = { name: say('partner.new_workspace.name'), password: say('forms.again') }
  return (
    <form method="post" action={`${base}/create`} className="grid max-w-[480px] gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <TextField
        id="name"
        name="name"
        autoComplete="off"
        required
        label={labels.name}
        hint={say('partner.new_workspace.name_hint')}
        defaultValue={form.value('name')}
        error={form.error('name')}
      />
      {!proven && <PasswordAgain say={say} error={form.error} />}
      <p className="text-muted">{say('partner.new_workspace.owner')}</p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton busy={say('partner.new_workspace.making')}>
          {say('partner.new_workspace.make')}
        </SubmitButton>
        <ButtonLink variant="quiet" href={base}>
          {say('partner.new_workspace.keep')}
        </ButtonLink>
      </div>
    </form>
  )
}
