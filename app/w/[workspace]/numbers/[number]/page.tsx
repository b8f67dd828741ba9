import { Phone } from '#components/numbers/phone.tsx'
import { Crumbs, Page, PageHead, SettingsSection } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { listMembers } from '#lib/members/list-members.ts'
import { connectionsOfNumber } from '#lib/numbers/read.ts'
import type { NumberConnection, Say } from '#lib/views.ts'
import { formView, type Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { pageTitle } from '../../../../web/words.tsx'
import { NumberFields } from '../number-fields.tsx'
import { enterNumber } from './enter-number.ts'
import { RemoveDialog } from './remove-dialog.tsx'

type Props = { params: Promise<{ workspace: string; number: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { workspace, number: id } = await params
  const { here, number } = await enterNumber(workspace, id)
  return pageTitle(here.say, here.say('numbers.edit_of', { number: number.shown.text }))
}

/** A number: what it says about itself, which connections use it, and its removal, which asks first. */
export default async function NumberPage({ params, searchParams }: Props) {
  const { workspace, number: id } = await params
  const { here, number, base } = await enterNumber(workspace, id)
  const { say, actor } = here
  const [form, owners, connections] = await Promise.all([
    formView(say, 'number-edit', searchParams, actor),
    listMembers(actor),
    connectionsOfNumber(actor, number.id),
  ])
  const shown = number.shown.text
  const stored = {
    number: shown,
    country: number.shown.country ?? '',
    label: number.label,
    owner: number.ownerId,
    calls: number.carriesCalls,
    messages: number.carriesMessages,
  }
  const asks = (await searchParams).ask === 'remove'
  const home = `${base}/${number.id}`
  return (
    <Frame here={here} place="numbers">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('numbers.title'), href: base }, { label: shown }]}
        />
        <PageHead title={number.label} lead={<Phone>{shown}</Phone>} />
        <form method="post" action={`${home}/edit`} className="grid max-w-[720px] gap-4">
          <NumberFields say={say} form={form} stored={stored} owners={owners} used={connections.length > 0} />
          <div>
            <SubmitButton busy={say('forms.saving')}>{say('forms.save')}</SubmitButton>
          </div>
        </form>
        <SettingsSection id="used" title={say('numbers.used_title')} divided>
          <Used say={say} connections={connections} home={`/w/${here.workspace.slug}/integrations`} />
        </SettingsSection>
        <SettingsSection id="removal" title={say('numbers.remove')} divided>
          <p className="text-muted">{say('numbers.remove_text')}</p>
          <div>
            <ButtonLink variant="danger-plain" icon="trash" href={`${home}?ask=remove`}>
              {say('numbers.remove')}
            </ButtonLink>
          </div>
        </SettingsSection>
      </Page>
      {asks && <RemoveDialog say={say} shown={shown} connections={connections} home={home} />}
    </Frame>
  )
}

function Used(props: { say: Say; connections: readonly NumberConnection[]; home: string }) {
  const { say, connections, home } = props
  if (connections.length === 0) return <p className="text-muted">{say('numbers.used_none')}</p>
  return (
    <ul className="grid gap-1.5">
      {connections.map(({ id, name, connector, ...uses }) => (
        <li key={id} className="wrap-anywhere">
          <a href={`${home}/${connector}/${id}/numbers`}>{name}</a>
          <span className="block text-sm text-muted">{carriesWords(say, uses)}</span>
        </li>
      ))}
    </ul>
  )
}

const carriesWords = (say: Say, { calls, messages }: { calls: boolean; messages: boolean }) =>
  say(calls && messages ? 'numbers.both' : calls ? 'numbers.calls' : 'numbers.messages')
