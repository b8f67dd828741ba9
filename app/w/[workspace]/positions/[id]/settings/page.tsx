import { Page, SettingsSection } from '#components/shell/page.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { listMembers, type MemberChoice } from '#lib/members/list-members.ts'
import { can } from '#lib/members/roles.ts'
import { listDepartments } from '#lib/positions/departments.ts'
import type { PositionRow, Say } from '#lib/views.ts'
import { formView, type Search } from '../../../../../web/form-view.ts'
import { Frame } from '../../../../../web/frame.tsx'
import type { Here } from '../../../../../web/here.ts'
import { ribbonFor } from '../../../../../web/ribbon.tsx'
import { pageTitle } from '../../../../../web/words.tsx'
import { PositionFields } from '../../position-fields.tsx'
import { enterPosition } from '../enter-position.ts'
import { LinkSection } from '../link-section.tsx'
import { PositionHead } from '../position-head.tsx'
import { StateSection } from './state-section.tsx'
import { UnlinkDialog } from './unlink-dialog.tsx'

type Props = { params: Promise<{ workspace: string; id: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { workspace, id } = await params
  const { here, position } = await enterPosition(workspace, id)
  return pageTitle(here.say, here.say('positions.settings_of', { title: position.title }))
}

/** Behind the gear: Connect ATS, what the position says about itself, close or reopen. */
export default async function PositionSettingsPage({ params, searchParams }: Props) {
  const { workspace, id } = await params
  const { here, position, base } = await enterPosition(workspace, id)
  const { say, actor } = here
  const may = can(actor.role, 'edit_positions')
  const asks = (await searchParams).ask === 'unlink' && can(actor.role, 'link')
  return (
    <Frame here={here} place="positions" ribbon={ribbonFor(say, position.link?.environment)}>
      <Page>
        <PositionHead here={here} position={position} base={base} below={say('positions.gear')} />
        <LinkSection here={here} position={position} base={base} />
        {may && <Details here={here} position={position} base={base} search={searchParams} />}
        {may && <StateSection say={say} position={position} base={base} />}
      </Page>
      {asks && position.link && (
        <UnlinkDialog say={say} link={position.link} settings={`${base}/${position.id}/settings`} />
      )}
    </Frame>
  )
}

async function Details(props: { here: Here; position: PositionRow; base: string; search: Search }) {
  const { position, base } = props
  const { say, actor } = props.here
  const [form, owners, departments] = await Promise.all([
    formView(say, 'position-edit', props.search, actor),
    listMembers(actor),
    listDepartments(actor),
  ])
  const stored = { ...position, owner: position.owner.id }
  return (
    <SettingsSection id="details" title={say('positions.details')}>
      <form method="post" action={`${base}/${position.id}/edit`} className="grid gap-4">
        <PositionFields
          say={say}
          form={form}
          stored={stored}
          owners={withOwner(say, owners, position.owner)}
          departments={departments}
        />
        <div>
          <SubmitButton variant="plain" busy={say('forms.saving')}>
            {say('forms.save')}
          </SubmitButton>
        </div>
      </form>
    </SettingsSection>
  )
}

/** The people to choose from, and whoever owns it now, also when she is no longer here: saving alone takes it from nobody. */
function withOwner(say: Say, people: readonly MemberChoice[], { id, name, gone }: PositionRow['owner']) {
  if (people.some(person => person.id === id)) return people
  return [{ id, name: gone ? say('people.gone', { name }) : name }, ...people]
}
