import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { Table } from '#components/ui/table.tsx'
import { SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import { findWorkspaces, type OwnWorkspace } from '#lib/members/find-workspaces.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../web/form-view.ts'
import { personOfPage } from '../../web/here.ts'
import { pageTitle } from '../../web/words.tsx'
import { AccountFrame } from '../account-frame.tsx'

const base = '/account/workspaces'

export async function generateMetadata() {
  const { say } = await personOfPage()
  return pageTitle(say, say('account.workspaces.title'))
}

/** Every workspace that a person is in, to switch to: for those who are in more than a menu holds. */
export default async function WorkspacesPage({ searchParams }: { searchParams: Search }) {
  const person = await personOfPage()
  const { say, actor } = person
  const { after, q: typed } = await searchParams
  const from = typeof after === 'string' ? after : undefined
  const q = typeof typed === 'string' ? typed.trim().slice(0, 80) : ''
  const { rows, more } = await findWorkspaces(actor, { q, after: from })
  const searched = q ? `?${new URLSearchParams({ q })}` : ''
  const last = rows.at(-1)
  const next =
    more && last ? `${base}?${new URLSearchParams({ ...(q && { q }), after: last.id })}` : undefined
  return (
    <AccountFrame person={person}>
      <Page>
        <PageHead title={say('account.workspaces.title')} lead={say('account.workspaces.lead')} />
        <Toolbar>
          <SearchForm
            action={base}
            id="search"
            name="q"
            value={q}
            label={say('account.workspaces.search')}
            placeholder={say('account.workspaces.placeholder')}
            submit={say('account.workspaces.search_go')}
          />
        </Toolbar>
        {rows.length === 0 ? (
          <Empty
            icon="search"
            title={say('account.workspaces.nothing_title')}
            text={say('account.workspaces.nothing_text')}
            actions={<ButtonLink href={base}>{say('account.workspaces.clear')}</ButtonLink>}
          />
        ) : (
          <div>
            <WorkspacesTable say={say} rows={rows} />
            <Pager
              label={say('account.workspaces.pages')}
              shown={say('account.workspaces.shown', { count: rows.length })}
              earlier={{ label: say('account.workspaces.first'), href: from && base + searched }}
              next={{ label: say('account.workspaces.next'), href: next }}
            />
          </div>
        )}
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
