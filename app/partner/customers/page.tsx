import { Page, PageHead } from '#components/shell/page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { Table } from '#components/ui/table.tsx'
import { listWorkspaces, type WorkspaceRow } from '#lib/partners/list-workspaces.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../web/form-view.ts'
import { enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { pageTitle } from '../../web/words.tsx'

const base = '/partner/customers'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.customers'))
}

/** The partner's customers: a workspace each. */
export default async function CustomersPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  const { after } = await searchParams
  const from = typeof after === 'string' ? after : undefined
  const { rows, more } = await listWorkspaces(actor, from)
  const last = rows.at(-1)
  const next = more && last ? `${base}?after=${last.id}` : undefined
  return (
    <PartnerFrame at={at} place="customers">
      <Page>
        <PageHead title={say('partner.customers')} lead={say('partner.customers_page.lead')} />
        {rows.length === 0 ? (
          <Empty
            icon="building"
            title={say('partner.customers_page.empty_title')}
            text={say('partner.customers_page.empty_text')}
          />
        ) : (
          <div>
            <CustomersTable say={say} rows={rows} />
            <Pager
              label={say('partner.customers_page.pages')}
              shown={say('partner.customers_page.shown', { count: rows.length })}
              earlier={{ label: say('partner.customers_page.first'), href: from && base }}
              next={{ label: say('partner.customers_page.next'), href: next }}
            />
          </div>
        )}
      </Page>
    </PartnerFrame>
  )
}

function CustomersTable({ say, rows }: { say: Say; rows: readonly WorkspaceRow[] }) {
  const words = (key: string) => say(`partner.customers_page.${key}`)
  return (
    <Table
      caption={words('caption')}
      columns={[
        { key: 'name', label: words('name') },
        { key: 'people', label: words('people'), align: 'end', narrowLabel: words('people') },
        { key: 'connections', label: words('connections'), align: 'end', narrowLabel: words('connections') },
        { key: 'made', label: words('made'), narrowLabel: words('made') },
      ]}
      rows={rows.map(({ id, name, people, connections, createdAt }) => ({
        key: id,
        cells: [
          <bdi key="name">{name}</bdi>,
          say.number(people),
          say.number(connections),
          say.date(createdAt),
        ],
      }))}
    />
  )
}
