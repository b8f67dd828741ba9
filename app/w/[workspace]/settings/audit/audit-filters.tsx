import { Button } from '#components/ui/button.tsx'
import { MenuLink } from '#components/ui/menu.tsx'
import { DateField } from '#components/ui/text-field.tsx'
import { FilterMenu, SearchForm, Toolbar } from '#components/ui/toolbar.tsx'
import type { AuditPerson } from '#lib/audit/find.ts'
import { eventKinds } from '#lib/audit/names.ts'
import { type AuditQuery, auditAddress, auditParams } from '#lib/audit/query.ts'
import type { Say } from '#lib/views.ts'

type Props = { say: Say; base: string; query: AuditQuery; people: readonly AuditPerson[] }

type Choice = { value: string; label: string }

/** Search, person, kind and days: links and forms that read, kept in the address. */
export function AuditFilters({ say, base, query, people }: Props) {
  const first = { ...query, cursor: undefined }
  const { q: _, ...keep } = auditParams(first)
  return (
    <Toolbar>
      <SearchForm
        action={base}
        id="search"
        name="q"
        value={query.q}
        label={say('audit.search')}
        placeholder={say('audit.placeholder')}
        submit={say('audit.search_go')}
        keep={keep}
      />
      <Filter
        label={say('audit.person')}
        chosen={query.person}
        href={person => auditAddress(base, { ...first, person })}
        choices={[
          { value: '', label: say('audit.anybody') },
          { value: 'system', label: say('audit.gangway') },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Filter
        label={say('audit.kind')}
        chosen={query.kind}
        href={kind => auditAddress(base, { ...first, kind })}
        choices={[
          { value: '', label: say('audit.any_kind') },
          ...eventKinds.map(kind => ({ value: kind, label: say(`audit.kinds.${kind}`) })),
        ]}
      />
      <Days say={say} base={base} query={query} />
    </Toolbar>
  )
}

function Filter(props: {
  label: string
  chosen: string
  choices: readonly Choice[]
  href: (value: string) => string
}) {
  const now = props.choices.find(({ value }) => value !== '' && value === props.chosen)
  return (
    <FilterMenu label={props.label} chosen={now?.label}>
      {props.choices.map(({ value, label }) => (
        <MenuLink key={value} href={props.href(value)} current={value === props.chosen}>
          {label}
        </MenuLink>
      ))}
    </FilterMenu>
  )
}

function Days({ say, base, query }: Omit<Props, 'people'>) {
  const { from, to, ...keep } = auditParams({ ...query, cursor: undefined })
  return (
    <form
      action={base}
      method="get"
      aria-label={say('audit.days')}
      className="flex basis-full flex-wrap items-end gap-2 max-mid:[&>*]:grow"
    >
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <DateField id="from" name="from" label={say('audit.from')} defaultValue={from} />
      <DateField id="to" name="to" label={say('audit.to')} defaultValue={to} />
      <Button type="submit">{say('audit.show')}</Button>
    </form>
  )
}
