import { MenuLink } from '#components/ui/menu.tsx'
import { FilterMenu, SearchForm, SegmentLinks, Toolbar } from '#components/ui/toolbar.tsx'
import type { MemberChoice } from '#lib/members/list-members.ts'
import { countedUpTo, type PositionCounts } from '#lib/positions/count.ts'
import { type PositionQuery, positionAddress, positionParams, positionSorts } from '#lib/positions/query.ts'
import type { Say } from '#lib/views.ts'

export type FiltersProps = {
  say: Say
  base: string
  query: PositionQuery
  counts: PositionCounts
  departments: readonly string[]
  owners: readonly MemberChoice[]
}

type Choice = { label: string; href: string; current: boolean }

function Filter(props: { label: string; choices: readonly Choice[]; end?: boolean }) {
  const chosen = props.choices.find((choice, index) => choice.current && (index > 0 || props.end))
  return (
    <FilterMenu label={props.end ? '' : props.label} chosen={chosen?.label} end={props.end}>
      {props.choices.map(choice => (
        <MenuLink key={choice.href} href={choice.href} current={choice.current}>
          {choice.label}
        </MenuLink>
      ))}
    </FilterMenu>
  )
}

/** Search, state, department, ATS, owner and order: all of it links and a form that reads, kept in the address. */
export function PositionFilters({ say, base, query, counts, departments, owners }: FiltersProps) {
  const with_ = (change: Partial<PositionQuery>) =>
    positionAddress(base, { ...query, cursor: undefined, ...change })
  const choices = <K extends 'department' | 'ats' | 'owner' | 'sort'>(
    name: K,
    items: readonly { value: PositionQuery[K]; label: string }[],
  ): Choice[] =>
    items.map(({ value, label }) => ({
      label,
      href: with_({ [name]: value } as Partial<PositionQuery>),
      current: query[name] === value,
    }))
  const { q: _, ...keep } = positionParams({ ...query, cursor: undefined })
  return (
    <Toolbar>
      <SearchForm
        action={base}
        id="search"
        name="q"
        value={query.q}
        label={say('positions.search')}
        placeholder={say('positions.placeholder')}
        submit={say('positions.search_go')}
        keep={keep}
      />
      <SegmentLinks label={say('positions.state')} items={stateTabs(say, query, counts, with_)} />
      {departments.length > 0 && (
        <Filter
          label={say('positions.department')}
          choices={choices('department', [
            { value: '', label: say('positions.any_department') },
            ...departments.map(value => ({ value, label: value })),
          ])}
        />
      )}
      <Filter
        label={say('positions.ats')}
        choices={choices('ats', [
          { value: 'any', label: say('positions.ats_any') },
          { value: 'linked', label: say('positions.ats_linked') },
          { value: 'unlinked', label: say('positions.ats_unlinked') },
        ])}
      />
      <Filter
        label={say('positions.owner')}
        choices={choices('owner', [
          { value: '', label: say('positions.any_owner') },
          ...owners.map(({ id, name }) => ({ value: id, label: name })),
        ])}
      />
      <Filter
        end
        label={say('positions.sort_by')}
        choices={choices(
          'sort',
          positionSorts.map(value => ({ value, label: say(`positions.sort.${value}`) })),
        )}
      />
    </Toolbar>
  )
}

function stateTabs(
  say: Say,
  query: PositionQuery,
  counts: PositionCounts,
  address: (change: Partial<PositionQuery>) => string,
) {
  const counted = (count: number) =>
    count > countedUpTo ? say('positions.more_than', { count: countedUpTo }) : say.number(count)
  const tab = (state: PositionQuery['state'], count?: string) => ({
    label: say(`positions.${state}`),
    href: address({ state }),
    current: query.state === state,
    count,
  })
  return [tab('open', counted(counts.open)), tab('closed', counted(counts.closed)), tab('all')]
}
