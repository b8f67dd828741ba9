import { ButtonLink } from '#components/ui/button.tsx'
import { Tile } from '#components/ui/tile.tsx'
import type { ConnectorView, Say } from '#lib/views.ts'
import { atsName } from './words.ts'

type Item = ConnectorView & { href: string }

/** Everything that can be added, each leading to its own page. */
export function AddList({ say, items, mayAdd }: { say: Say; items: readonly Item[]; mayAdd: boolean }) {
  return (
    <section aria-labelledby="add" className="grid gap-3">
      <h2 id="add">{say('connections.add.title')}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] gap-3">
        {items.map(item => (
          <AddRow key={item.href} say={say} item={item} mayAdd={mayAdd} />
        ))}
      </ul>
    </section>
  )
}

function AddRow({ say, item, mayAdd }: { say: Say; item: Item; mayAdd: boolean }) {
  const name = atsName(say, { connector: item.id, environment: item.environment })
  return (
    <li className="flex items-center gap-3.5 rounded-lg border border-line bg-surface p-4">
      <Tile monogram={item.monogram} look={item.environment === 'sandbox' ? 'sandbox' : 'plain'} />
      <div className="min-w-0 flex-1">
        <b className="block">{name}</b>
        <span className="block text-sm text-faint">{say(`connections.add.${item.environment}`)}</span>
      </div>
      {mayAdd ? (
        <ButtonLink
          href={item.href}
          size="sm"
          icon="plus"
          aria-label={say('connections.add.button_of', { name })}
        >
          {say('connections.add.button')}
        </ButtonLink>
      ) : (
        <ButtonLink href={item.href} size="sm" aria-label={say('connections.add.see_of', { name })}>
          {say('connections.add.see')}
        </ButtonLink>
      )}
    </li>
  )
}
