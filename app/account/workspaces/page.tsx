import { Page, PageHead } from '#components/shell/page.tsx'
import { Table } from '#components/ui/table.tsx'
import { findWorkspaces, type OwnWorkspace } from '#lib/members/find-workspaces.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../web/form-view.ts'
import { personOfPage } from '../../web/here.ts'
import { SearchedList, searchedBy } from '../../web/searched-list.tsx'
import { pageTitle } from '../../web/words.tsx'
import { AccountFrame } from '../account-frame.tsx'

export async function generateMetadata() {
  const { say } = await personOfPage()
  return pageTitle(say, say('account.workspaces.title'))
}

/** Every workspace that a person is in, to switch to: for those who are in more than a menu holds. */
export default async function WorkspacesPage({ searchParams }: { searchParams: Search }) {
  const person = await personOfPage()
  const { say, actor } = person
  const searched = searchedBy(await searchParams)
  return (
    <AccountFrame person={person}>
      <Page>
        <PageHead title={say('account.workspaces.title')} lead={say('account.workspaces.lead')} />
        <SearchedList
          say={say}
          base="/account/workspaces"
          words="account.workspaces"
          searched={searched}
          page={await findWorkspaces(actor, searched)}
          table={rows => <WorkspacesTable say={say} rows={rows} />}
        />
      </Page>
    </AccountFrame>
  )
}

function WorkspacesTable({ say, rows }: { say: Say; rows: readonly OwnWorkspace[] }) {
  return (
    <Table
      caption={say('account.workspaces.caption')}
      columns={[
        { key: 'name', label: say('account.workspaces.name') },
        { key: 'role', label: say('account.workspaces.role') },
      ]}
      rows={rows.map(({ id, slug, name, role }) => ({
        key: id,
        cells: [
          <bdi key="name">
            <a href={`/w/${slug}/positions`}>{name}</a>
          </bdi>,
          say(`roles.${role}`),
        ],
      }))}
    />
  )
}
