import { PositionsTable } from '#components/positions/positions-table.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { listMembers } from '#lib/members/list-members.ts'
import { can } from '#lib/members/roles.ts'
import { countedUpTo, countPositions, type PositionCounts } from '#lib/positions/count.ts'
import { listDepartments } from '#lib/positions/departments.ts'
import { listPositions, type PositionPage } from '#lib/positions/list.ts'
import { type PositionQuery, positionAddress, positionQuery } from '#lib/positions/query.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../../web/form-view.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage, type Here } from '../../../web/here.ts'
import { atsName, initialsOf, monogramOf, pageTitle } from '../../../web/words.tsx'
import { PositionFilters } from './position-filters.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('positions.title'))
}

/** The home page: every open position, searched, filtered and sorted as its address says. */
export default async function PositionsPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const { actor, workspace, say } = here
  const query = positionQuery(await searchParams)
  const [page, counts, departments, owners] = await Promise.all([
    listPositions(actor, query),
    countPositions(actor),
    listDepartments(actor),
    listMembers(actor),
  ])
  const base = `/w/${workspace.slug}/positions`
  return (
    <Frame here={here} place="positions">
      <Page>
        <PageHead
          title={say('positions.title')}
          lead={leadOf(say, counts)}
          actions={
            can(actor.role, 'edit_positions') && (
              <ButtonLink variant="primary" icon="plus" href={`${base}/new`}>
                {say('positions.new')}
              </ButtonLink>
            )
          }
        />
        <PositionFilters
          say={say}
          base={base}
          query={query}
          counts={counts}
          departments={departments}
          owners={owners}
        />
        <List here={here} base={base} query={query} page={page} />
      </Page>
    </Frame>
  )
}

const leadOf = (say: Say, { open, linked }: PositionCounts) =>
  open > countedUpTo
    ? say('positions.lead_many', { open: countedUpTo, linked })
    : say('positions.lead', { open, linked })

function List(props: { here: Here; base: string; query: PositionQuery; page: PositionPage }) {
  const { base, query, page } = props
  const { actor, workspace, say } = props.here
  if (page.rows.length === 0) return <NothingHere {...props} />
  const { state, sort } = query
  const byTitle = sort === 'title' ? 'ascending' : sort === 'title_down' ? 'descending' : undefined
  const otherWay = {
    ...query,
    cursor: undefined,
    sort: sort === 'title' ? ('title_down' as const) : ('title' as const),
  }
  const way = (cursor: typeof page.next) => cursor && positionAddress(base, { ...query, cursor })
  return (
    <div>
      <PositionsTable
        say={say}
        caption={say('positions.caption', { state, sort })}
        rows={page.rows}
        base={base}
        here={monogramOf(workspace.name)}
        there={connector => monogramOf(atsName(say, connector))}
        initials={initialsOf}
        mayConnect={can(actor.role, 'connect')}
        titleSort={{ href: positionAddress(base, otherWay), now: byTitle }}
      />
      <Pager
        label={say('positions.pages')}
        shown={say('positions.shown', { count: page.rows.length })}
        earlier={{ label: say('positions.earlier'), href: way(page.earlier) }}
        next={{ label: say('positions.next'), href: way(page.next) }}
      />
    </div>
  )
}

function NothingHere({ here, base, query }: { here: Here; base: string; query: PositionQuery }) {
  const { say, actor } = here
  if (positionAddress(base, query) !== base)
    return (
      <Empty
        icon="search"
        title={say('positions.nothing_title')}
        text={say('positions.nothing_text')}
        actions={<ButtonLink href={base}>{say('positions.clear')}</ButtonLink>}
      />
    )
  return (
    <Empty
      icon="briefcase"
      title={say('positions.empty_title')}
      text={say('positions.empty_text')}
      actions={
        can(actor.role, 'edit_positions') && (
          <ButtonLink href={`${base}/new`}>{say('positions.new')}</ButtonLink>
        )
      }
    />
  )
}
