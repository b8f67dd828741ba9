import { PeopleTable } from '#components/people/people-table.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import type { listPeople, PeopleQuery } from '#lib/members/list-people.ts'
import { rolesToGive } from '#lib/members/may-manage.ts'
import { can } from '#lib/members/roles.ts'
import type { Here } from '../../../web/here.ts'

type Props = {
  here: Here
  base: string
  query: PeopleQuery
  people: Awaited<ReturnType<typeof listPeople>>
}

/** The people of the workspace, a page of them, and the search over all. */
export function PeopleSection({ here, base, query, people }: Props) {
  const { say, actor } = here
  const manages = can(actor.role, 'manage_people')
  const searching = query.q !== ''
  return (
    <section aria-labelledby="people" className="grid gap-3">
      <h2 id="people">{say('roles.people')}</h2>
      <Toolbar>
        <SearchForm
          action={base}
          id="search"
          name="q"
          value={query.q}
          label={say('people.search')}
          placeholder={say(manages ? 'people.placeholder_all' : 'people.placeholder_name')}
          submit={say('people.search_go')}
        />
      </Toolbar>
      {people.rows.length === 0 ? (
        <Empty
          icon="search"
          title={say('people.nothing_title')}
          text={say('people.nothing_text', { q: query.q })}
          actions={<ButtonLink href={base}>{say('people.clear')}</ButtonLink>}
        />
      ) : (
        <div>
          <PeopleTable
            say={say}
            rows={people.rows}
            base={base}
            me={actor.memberId}
            manages={manages}
            mayManage={rolesToGive(actor.role)}
          />
          {(people.more || query.after || searching) && <PeoplePager {...{ here, base, query, people }} />}
        </div>
      )}
    </section>
  )
}

function PeoplePager({ here: { say }, base, query: { q, after }, people }: Props) {
  const address = (from: string) => {
    const params = new URLSearchParams({ ...(q && { q }), ...(from && { after: from }) }).toString()
    return params ? `${base}?${params}` : base
  }
  const last = people.rows.at(-1)
  return (
    <Pager
      label={say('people.pages')}
      shown={say('people.shown', { count: people.rows.length })}
      earlier={{ label: say('people.first'), href: after ? address('') : undefined }}
      next={{ label: say('people.next'), href: people.more && last ? address(last.id) : undefined }}
    />
  )
}
