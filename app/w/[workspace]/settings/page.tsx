import { Page, PageHead } from '#components/shell/page.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Table } from '#components/ui/table.tsx'
import { memberRoles } from '#lib/actors.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { acts, can } from '#lib/members/roles.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage, type Here } from '../../../web/here.ts'
import { pageTitle } from '../../../web/words.tsx'

type Props = { params: Promise<{ workspace: string }> }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('roles.title'))
}

/** Who is in the workspace, and the one table of what each role may do, as the program itself reads it. */
export default async function RolesPage({ params }: Props) {
  const here = await enterPage((await params).workspace)
  const { say } = here
  return (
    <Frame here={here} place="roles">
      <Page>
        <PageHead title={say('roles.title')} lead={say('roles.lead')} />
        <People here={here} />
        <RolesTable here={here} />
      </Page>
    </Frame>
  )
}

async function People({ here }: { here: Here }) {
  const { say, actor } = here
  const people = await listMembers(actor)
  return (
    <section aria-labelledby="people" className="grid gap-3">
      <h2 id="people">{say('roles.people')}</h2>
      <Table
        caption={say('roles.people')}
        columns={[
          { key: 'person', label: say('roles.person') },
          { key: 'role', label: say('roles.role') },
        ]}
        rows={people.map(({ id, name, role }) => ({
          key: id,
          cells: [
            <span key="person">
              <bdi>{name}</bdi>
              {id === actor.memberId && <span className="font-normal text-muted"> ({say('roles.you')})</span>}
            </span>,
            say(`roles.${role}`),
          ],
        }))}
      />
    </section>
  )
}

function RolesTable({ here }: { here: Here }) {
  const { say } = here
  const columns = memberRoles.map(role => ({
    key: role,
    label: say(`roles.${role}`),
    narrowLabel: say(`roles.${role}`),
  }))
  return (
    <section aria-labelledby="what" className="grid gap-3">
      <h2 id="what">{say('roles.what')}</h2>
      <Table
        caption={say('roles.what')}
        columns={[{ key: 'act', label: say('roles.act') }, ...columns]}
        rows={acts.map(act => ({
          key: act,
          cells: [
            say(`roles.acts.${act}`),
            ...memberRoles.map(role => (
              <span key={role} className="inline-flex">
                <Icon
                  name={can(role, act) ? 'check' : 'x'}
                  className={can(role, act) ? 'text-ok' : 'text-faint'}
                />
                <span className="sr-only">{say(can(role, act) ? 'app.yes' : 'app.no')}</span>
              </span>
            )),
          ],
        }))}
      />
    </section>
  )
}
