import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { listPeople, peopleQuery } from '#lib/members/list-people.ts'
import { can } from '#lib/members/roles.ts'
import type { Search } from '../../../web/form-view.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage } from '../../../web/here.ts'
import { pageTitle } from '../../../web/words.tsx'
import { AskAboutPeople } from './ask-about-people.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { RolesSection } from './roles-section.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('roles.title'))
}

/** Who is in the workspace, who is invited, and the one table of what each role may do. Questions about people lie over it. */
export default async function PeoplePage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const search = await searchParams
  const { say, actor, workspace } = here
  const base = `/w/${workspace.slug}/settings`
  const query = peopleQuery(search)
  const people = await listPeople(actor, query)
  const manages = can(actor.role, 'manage_people')
  const invite = (
    <ButtonLink variant="primary" icon="mail" href={`${base}?ask=invite`}>
      {say('people.invite.act')}
    </ButtonLink>
  )
  return (
    <Frame here={here} place="roles">
      <Page>
        <PageHead title={say('roles.title')} lead={say('people.lead')} actions={manages && invite} />
        <Saved say={say} saved={search.form === undefined ? search.saved : undefined} />
        <PeopleSection here={here} base={base} query={query} people={people} />
        {manages && <InvitationsSection here={here} base={base} after={search.invited} />}
        <RolesSection say={say} />
        <AskAboutPeople here={here} base={base} search={searchParams} />
      </Page>
    </Frame>
  )
}

const saved = ['invited', 'again', 'withdrawn', 'role', 'removed']

function Saved(props: { say: Parameters<typeof RolesSection>[0]['say']; saved: unknown }) {
  const what = saved.find(each => each === props.saved)
  if (!what) return null
  const { say } = props
  return (
    <Callout tone="ok" role="status" title={say(`people.saved.${what}.title`)}>
      {say(`people.saved.${what}.text`)}
    </Callout>
  )
}
