import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import type { Say } from '#lib/views.ts'

/** What the address of a list asks for: a part of a name, and after which row the page begins. */
export type Searched = { q: string; after: string | undefined }

export function searchedBy(search: Readonly<Record<string, unknown>>): Searched {
  const { q, after } = search
  return {
    q: typeof q === 'string' ? q.trim().slice(0, 80) : '',
    after: typeof after === 'string' ? after : undefined,
  }
}

/** A list's address with what it is asked for; what is empty is left out. */
export function listAddress(base: string, query: Readonly<Record<string, string>>): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return asked.size > 0 ? `${base}?${asked}` : base
}

/** A list by name with a search over it, in pages. Its words stand in the messages below `words`. */
export function SearchedList<Row extends { id: string }>(props: {
  say: Say
  base: string
  words: string
  searched: Searched
  page: { rows: readonly Row[]; more: boolean }
  /** What else the address asks for, and stays asked for. */
  keep?: Readonly<Record<string, string>>
  /** Beside the search. */
  filters?: ReactNode
  /** In place of the list where there is nothing, and nothing was looked for. */
  empty?: ReactNode
  table: (rows: readonly Row[]) => ReactNode
}) {
  const { say, base, searched, page, keep = {} } = props
  const { q, after } = searched
  const words = (key: string, values = {}) => say(`${props.words}.${key}`, values)
  const last = page.rows.at(-1)
  const next = page.more && last ? listAddress(base, { ...keep, q, after: last.id }) : undefined
  const looked = q !== '' || Object.keys(keep).length > 0
  if (page.rows.length === 0 && !looked && props.empty) return props.empty
  return (
    <>
      <Toolbar>
        <SearchForm
          action={base}
          id="search"
          name="q"
          value={q}
          keep={keep}
          label={words('search')}
          placeholder={words('placeholder')}
          submit={words('search_go')}
        />
        {props.filters}
      </Toolbar>
      {page.rows.length === 0 ? (
        <Empty
          icon="search"
          title={words('nothing_title')}
          text={words('nothing_text')}
          actions={<ButtonLink href={base}>{words('clear')}</ButtonLink>}
        />
      ) : (
        <div>
          {props.table(page.rows)}
          <Pager
            label={words('pages')}
            shown={words('shown', { count: page.rows.length })}
            earlier={{ label: words('first'), href: after && listAddress(base, { ...keep, q }) }}
            next={{ label: words('next'), href: next }}
          />
        </div>
      )}
    </>
  )
}
