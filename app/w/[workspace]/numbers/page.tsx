import { NumbersTable } from '#components/numbers/numbers-table.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import { GangwayError } from '#lib/errors.ts'
import { can } from '#lib/members/roles.ts'
import { listNumbers } from '#lib/numbers/list.ts'
import { readNumber } from '#lib/numbers/read.ts'
import type { Search } from '../../../web/form-view.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage, type Here } from '../../../web/here.ts'
import { pageTitle } from '../../../web/words.tsx'
import { understoodWords } from './number-fields.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('numbers.title'))
}

/** The workspace's telephone numbers, by label. */
export default async function NumbersPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const { say, actor, workspace } = here
  const query = queryOf(await searchParams)
  const [page, done] = await Promise.all([listNumbers(actor, query), doneWords(here, await searchParams)])
  const base = `/w/${workspace.slug}/numbers`
  const may = can(actor.role, 'manage_integrations')
  return (
    <Frame here={here} place="numbers">
      <Page>
        <PageHead
          title={say('numbers.title')}
          lead={say('numbers.lead')}
          actions={may && <AddLink here={here} base={base} primary />}
        />
        {done && <Callout tone="ok" role="status" title={done} />}
        {(query.q || page.more || query.after) && (
          <Toolbar>
            <SearchForm
              action={base}
              id="q"
              name="q"
              value={query.q}
              label={say('numbers.search')}
              placeholder={say('numbers.placeholder')}
              submit={say('numbers.find')}
            />
          </Toolbar>
        )}
        <List here={here} base={base} query={query} page={page} />
      </Page>
    </Frame>
  )
}

type Query = { q: string; after: string }

/** What the address says; what it does not understand is as if it were not there. */
function queryOf({ q, after }: Awaited<Search>): Query {
  return {
    q: typeof q === 'string' ? q.replaceAll('\0', '').slice(0, 80).trim() : '',
    after: typeof after === 'string' ? after : '',
  }
}

/** What was just done, as the address says; nothing where it is not so. */
async function doneWords({ actor, say }: Here, search: Awaited<Search>): Promise<string | undefined> {
  if (search.removed === 'yes') return say('numbers.removed')
  const key = search.added === undefined ? 'saved' : 'added'
  const id = search[key]
  if (typeof id !== 'string') return undefined
  try {
    return understoodWords(say, key, (await readNumber(actor, id)).e164)
  } catch (error) {
    if (error instanceof GangwayError && error.code === 'not_found') return undefined
    throw error
  }
}

function AddLink({ here, base, primary }: { here: Here; base: string; primary?: boolean }) {
  return (
    <ButtonLink variant={primary ? 'primary' : 'plain'} icon="plus" href={`${base}/new`}>
      {here.say('numbers.add')}
    </ButtonLink>
  )
}

type ListProps = { here: Here; base: string; query: Query; page: Awaited<ReturnType<typeof listNumbers>> }

function List({ here, base, query, page }: ListProps) {
  const { say, actor } = here
  const { rows, more } = page
  if (rows.length === 0) return <Nothing here={here} base={base} query={query} />
  const address = (after: string) => {
    const params = new URLSearchParams({ ...(query.q && { q: query.q }), ...(after && { after }) })
    return params.size > 0 ? `${base}?${params}` : base
  }
  const last = rows.at(-1)
  return (
    <div>
      <NumbersTable say={say} rows={rows} base={base} mayEdit={can(actor.role, 'manage_integrations')} />
      <Pager
        label={say('numbers.pages')}
        shown={say('numbers.shown', { count: rows.length })}
        earlier={{ label: say('numbers.first'), href: query.after ? address('') : undefined }}
        next={{ label: say('numbers.next'), href: more && last ? address(last.id) : undefined }}
      />
    </div>
  )
}

function Nothing({ here, base, query }: { here: Here; base: string; query: Query }) {
  const { say, actor } = here
  if (query.q || query.after)
    return (
      <Empty
        icon="search"
        title={say('numbers.nothing_title')}
        text={say('numbers.nothing_text')}
        actions={<ButtonLink href={base}>{say('numbers.clear')}</ButtonLink>}
      />
    )
  const may = can(actor.role, 'manage_integrations')
  return (
    <Empty
      icon="phone"
      title={say('numbers.empty_title')}
      text={say(may ? 'numbers.empty_text' : 'numbers.empty_viewer')}
      actions={may && <AddLink here={here} base={base} />}
    />
  )
}
