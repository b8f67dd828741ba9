import { redirect } from 'next/navigation'
import { Page, PageHead } from '#components/shell/page.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { SelectField, TextField } from '#components/ui/text-field.tsx'
import { timeZones } from '#lib/members/edit-account.ts'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import type { Say } from '#lib/views.ts'
import { type FormView, formView, type Search, summaryOf } from '../web/form-view.ts'
import { Frame } from '../web/frame.tsx'
import { enterPage, personOfPage } from '../web/here.ts'
import { pageTitle } from '../web/words.tsx'

export async function generateMetadata() {
  const { say } = await personOfPage()
  return pageTitle(say, say('account.title'))
}

/** What Gangway knows about a person, in the frame of the workspace she used last. */
export default async function AccountPage({ searchParams }: { searchParams: Search }) {
  const person = await personOfPage()
  const [last] = await workspacesOf(person.actor)
  if (!last) redirect('/')
  const here = await enterPage(last.slug)
  const { say, actor, reads } = here
  const form = await formView(say, 'account', searchParams, actor)
  const saved = (await searchParams).saved !== undefined && !form.refused
  return (
    <Frame here={here} place="account">
      <Page>
        <PageHead title={say('account.title')} lead={say('account.lead')} />
        {saved && <Callout tone="ok" role="status" title={say('account.saved')} />}
        <AccountForm say={say} form={form} stored={{ ...actor, zone: reads.timeZone ?? 'UTC' }} />
      </Page>
    </Frame>
  )
}

function AccountForm(props: {
  say: Say
  form: FormView
  stored: { name: string; email: string; zone: string }
}) {
  const { say, form, stored } = props
  const labels = { name: say('account.name'), zone: say('account.time_zone') }
  return (
    <form method="post" action="/account/save" className="grid max-w-[480px] gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, labels)}
      />
      <TextField
        id="name"
        name="name"
        autoComplete="name"
        required
        label={say('account.name')}
        defaultValue={form.value('name', stored.name)}
        error={form.error('name')}
      />
      <TextField
        id="email"
        readOnly
        label={say('account.email')}
        hint={say('account.email_hint')}
        defaultValue={stored.email}
      />
      <SelectField
        id="zone"
        name="zone"
        label={say('account.time_zone')}
        hint={say('account.time_zone_hint')}
        defaultValue={form.value('zone', stored.zone)}
        error={form.error('zone')}
        options={timeZones().map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <div>
        <SubmitButton busy={say('forms.saving')}>{say('forms.save')}</SubmitButton>
      </div>
    </form>
  )
}
