import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { Table } from '#components/ui/table.tsx'
import { SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import { stoppedApp } from '#lib/partners/list-oauth-apps.ts'
import { listWorkspaces, type WorkspaceRow } from '#lib/partners/list-workspaces.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { pageTitle } from '../../web/words.tsx'

const base = '/partner/customers'

const addressOf = (query: Record<string, string>) => {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return text ? `${base}?${text}` : base
}

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.customers'))
}

/** The partner's customers: a workspace each. */
export default async function CustomersPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  const { after, q: typed } = await searchParams
  const from = typeof after === 'string' ? after : undefined
  const q = typeof typed === 'string' ? typed.trim().slice(0, 80) : ''
  const { rows, more } = await listWorkspaces(actor, { q, after: from })
  const last = rows.at(-1)
  const next = more && last ? addressOf({ q, after: last.id }) : undefined
  return (
    <PartnerFrame at={at} place="customers">
      <Page>
        <PageHead
          title={say('partner.customers')}
          lead={say('partner.customers_page.lead')}
          actions={
            partnerCan(actor.role, 'manage_customers') && (
              <ButtonLink variant="primary" icon="plus" href={`${base}/new`}>
                {say('partner.customers_page.add')}
              </ButtonLink>
            )
          }
        />
        <AppStopped at={at} />
        <CustomersSearch say={say} q={q} />
        {rows.length === 0 ? (
          <NobodyHere say={say} q={q} />
        ) : (
          <div>
            <CustomersTable say={say} rows={rows} />
            <Pager
              label={say('partner.customers_page.pages')}
              shown={say('partner.customers_page.shown', { count: rows.length })}
              earlier={{ label: say('partner.customers_page.first'), href: from && addressOf({ q }) }}
              next={{ label: say('partner.customers_page.next'), href: next }}
            />
          </div>
        )}
      </Page>
    </PartnerFrame>
  )
}

/** One line where refreshing has stopped at an OAuth app: it concerns every customer who signs in. */
async function AppStopped({ at: { say, actor } }: { at: AtPartner }) {
  const stopped = await stoppedApp(actor)
  if (!stopped) return null
  const { id, name } = stopped
  return (
    <Callout
      tone="warn"
      title={say('partner.oauth.warning_title', { name })}
      action={
        partnerCan(actor.role, 'manage_oauth_apps') && (
          <ButtonLink href={`/partner/oauth-apps/${id}`}>{say('partner.oauth.warning_act')}</ButtonLink>
        )
      }
    >
      {say('partner.oauth.warning_text')}
    </Callout>
  )
}

function CustomersSearch({ say, q }: { say: Say; q: string }) {
  return (
    <Toolbar>
      <SearchForm
        action={base}
        id="search"
        name="q"
        value={q}
        label={say('partner.customers_page.search')}
        placeholder={say('partner.customers_page.placeholder')}
        submit={say('partner.customers_page.search_go')}
      />
    </Toolbar>
  )
}

function NobodyHere({ say, q }: { say: Say; q: string }) {
  if (!q)
    return (
      <Empty
        icon="building"
        title={say('partner.customers_page.empty_title')}
        text={say('partner.customers_page.empty_text')}
      />
    )
  return (
    <Empty
      icon="search"
      title={say('partner.customers_page.nothing_title')}
      text={say('partner.customers_page.nothing_text')}
      actions={<ButtonLink href={base}>{say('partner.customers_page.clear')}</ButtonLink>}
    />
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
      rows={rows.map(({ id, slug, name, people, connections, createdAt, mine }) => ({
        key: id,
        cells: [
          <bdi key="name">{mine ? <a href={`/w/${slug}/positions`}>{name}</a> : name}</bdi>,
          say.number(people),
          say.number(connections),
          say.date(createdAt),
        ],
      }))}
    />
  )
}
