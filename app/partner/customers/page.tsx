import { CustomersTable } from '#components/customers/customers-table.tsx'
import { HealthSums } from '#components/customers/health-sums.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SegmentLinks } from '#components/ui/toolbar.tsx'
import { now } from '#lib/clock.ts'
import { type CustomerFilter, customerFilters, listCustomers } from '#lib/customers/list.ts'
import { type CustomerSums, sumsOf } from '#lib/customers/sums.ts'
import { stoppedApp } from '#lib/partners/list-oauth-apps.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { listAddress, SearchedList, searchedBy } from '../../web/searched-list.tsx'
import { pageTitle } from '../../web/words.tsx'
import { placeName } from '../oauth-apps/state.ts'
import { AskAboutCustomer } from './ask-about-customer.tsx'

const base = '/partner/customers'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.customers'))
}

/** The partner's customers, a workspace each: how their connections are, and whose turn it is. */
export default async function CustomersPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  const search = await searchParams
  const searched = searchedBy(search)
  const show = customerFilters.find(each => each === search.show) ?? 'all'
  const [page, sums] = await Promise.all([listCustomers(actor, { ...searched, show }), sumsOf(actor)])
  const mayManage = partnerCan(actor.role, 'manage_customers')
  const saved = search.form === undefined && savings.find(each => each === search.saved)
  return (
    <PartnerFrame at={at} place="customers">
      <Page>
        <PageHead
          title={say('partner.customers')}
          lead={say('customers.lead', { customers: sums.customers, connections: sums.connections })}
          actions={mayManage && <Ways say={say} />}
        />
        {saved ? <Saved say={say} what={saved} /> : <AppStopped at={at} />}
        {sums.connections > 0 && <HealthSums say={say} sums={sums} />}
        <SearchedList
          say={say}
          base={base}
          words="customers"
          searched={searched}
          keep={show === 'all' ? {} : { show }}
          page={page}
          filters={<Filters say={say} sums={sums} show={show} q={searched.q} />}
          empty={
            <Empty icon="building" title={say('customers.empty_title')} text={say('customers.empty_text')} />
          }
          table={rows => (
            <CustomersTable say={say} rows={rows} base={base} now={now()} mayManage={mayManage} />
          )}
        />
        <AskAboutCustomer at={at} base={base} search={searchParams} />
      </Page>
    </PartnerFrame>
  )
}

function Ways({ say }: { say: Say }) {
  return (
    <>
      <ButtonLink href={`${base}/new`}>{say('partner.new_workspace.title')}</ButtonLink>
      <ButtonLink variant="primary" icon="plus" href={`${base}/invite`}>
        {say('customers.invite.act')}
      </ButtonLink>
    </>
  )
}

function Filters(props: { say: Say; sums: CustomerSums; show: CustomerFilter; q: string }) {
  const { say, sums, show, q } = props
  return (
    <SegmentLinks
      label={say('customers.filters.label')}
      items={customerFilters.map(filter => ({
        label: say(`customers.filters.${filter}`),
        ...(filter !== 'all' && sums[filter] > 0 && { count: say.number(sums[filter]) }),
        href: listAddress(base, { show: filter === 'all' ? '' : filter, q }),
        current: filter === show,
      }))}
    />
  )
}

const savings = ['invited', 'again', 'withdrawn']

function Saved({ say, what }: { say: Say; what: string }) {
  return (
    <Callout tone="ok" role="status" title={say(`customers.saved.${what}.title`)}>
      {say(`customers.saved.${what}.text`)}
    </Callout>
  )
}

/** One line where refreshing has stopped at an OAuth app: it concerns every customer who signs in. */
async function AppStopped({ at: { say, actor } }: { at: AtPartner }) {
  const stopped = await stoppedApp(actor)
  if (!stopped) return null
  const { id, place } = stopped
  return (
    <Callout
      tone="warn"
      title={say('partner.oauth.warning_title', { name: placeName(say, place) })}
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
