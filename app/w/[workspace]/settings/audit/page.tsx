import { AuditTable } from '#components/audit/audit-table.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { exportFormats } from '#lib/audit/export.ts'
import { listAuditPeople } from '#lib/audit/find.ts'
import { type AuditPage, listEvents } from '#lib/audit/list.ts'
import { type AuditQuery, auditAddress, auditParams, auditQuery } from '#lib/audit/query.ts'
import { can } from '#lib/members/roles.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { enterPage, type Here } from '../../../../web/here.ts'
import { browserWords, pageTitle } from '../../../../web/words.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { eventWords, readingOf } from './audit-words.ts'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('audit.title'))
}

/** Who changed what in this workspace, for its admins and owners; searched and filtered as the address says. */
export default async function AuditLogPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const query = auditQuery(await searchParams)
  const allowed = can(here.actor.role, 'read_audit')
  return (
    <Frame here={here} place="audit">
      <Page>{allowed ? await theLog(here, query) : <NotForHer here={here} />}</Page>
    </Frame>
  )
}

async function theLog(here: Here, query: AuditQuery) {
  const { actor, workspace, say } = here
  const base = `/w/${workspace.slug}/settings/audit`
  const [page, people] = await Promise.all([
    listEvents(actor, query, readingOf(say, query.q)),
    listAuditPeople(actor),
  ])
  return (
    <>
      <PageHead
        title={say('audit.title')}
        lead={say('audit.lead')}
        actions={<ExportButtons say={say} base={base} query={query} />}
      />
      <AuditFilters say={say} base={base} query={query} people={people} />
      <Entries here={here} base={base} query={query} page={page} />
    </>
  )
}

/** A form each, so that both can be had one after the other; what they export is what is shown, all pages of it. */
function ExportButtons({ say, base, query }: { say: Say; base: string; query: AuditQuery }) {
  return exportFormats.map(format => (
    <form key={format} method="post" action={`${base}/export`} data-download="">
      {Object.entries({ ...auditParams({ ...query, cursor: undefined }), format }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" icon="download">
        {say(`audit.export_${format}`)}
      </Button>
    </form>
  ))
}

function Entries(props: { here: Here; base: string; query: AuditQuery; page: AuditPage }) {
  const { base, query, page } = props
  const { workspace, say } = props.here
  if (page.rows.length === 0) return <NothingHere say={say} base={base} query={query} />
  const way = (cursor: typeof page.next) => cursor && auditAddress(base, { ...query, cursor })
  return (
    <div>
      <AuditTable
        say={say}
        rows={page.rows}
        base={`/w/${workspace.slug}`}
        eventWords={eventWords(say)}
        browserWords={browserWords(say)}
      />
      <Pager
        label={say('audit.pages')}
        shown={say('audit.shown', { count: page.rows.length })}
        earlier={{ label: say('audit.earlier'), href: way(page.earlier) }}
        next={{ label: say('audit.next'), href: way(page.next) }}
      />
    </div>
  )
}

function NothingHere({ say, base, query }: { say: Say; base: string; query: AuditQuery }) {
  if (auditAddress(base, query) === base)
    return <Empty icon="list" title={say('audit.empty_title')} text={say('audit.empty_text')} />
  return (
    <Empty
      icon="search"
      title={say('audit.nothing_title')}
      text={say('audit.nothing_text')}
      actions={<ButtonLink href={base}>{say('audit.clear')}</ButtonLink>}
    />
  )
}

function NotForHer({ here: { say, workspace } }: { here: Here }) {
  return (
    <>
      <PageHead title={say('audit.title')} />
      <Callout
        tone="info"
        title={say('audit.forbidden_title')}
        action={<ButtonLink href={`/w/${workspace.slug}/settings`}>{say('audit.forbidden_act')}</ButtonLink>}
      >
        {say('audit.forbidden_text')}
      </Callout>
    </>
  )
}
