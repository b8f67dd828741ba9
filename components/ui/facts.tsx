import type { ReactNode } from 'react'

export type Fact = { term: string; value: ReactNode; sub?: ReactNode }

/** Terms and what they are, as many beside each other as there is room for; `single` for a narrow column. */
export function Facts({ items, single }: { items: readonly Fact[]; single?: boolean | undefined }) {
  const columns = single
    ? 'grid-cols-[minmax(0,1fr)]'
    : 'grid-cols-[repeat(auto-fit,minmax(min(130px,100%),1fr))] max-mid:grid-cols-2'
  return (
    <dl className={`grid gap-x-6 gap-y-3.5 ${columns}`}>
      {items.map(item => (
        <div key={item.term} className="min-w-0">
          <dt className="mb-0.5 text-xs text-faint">{item.term}</dt>
          <dd className="font-medium wrap-anywhere">
            {item.value}
            {item.sub && <span className="block text-sm font-normal text-muted">{item.sub}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A term at the left and its value at the right, a line each. */
export function FactLines({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid gap-2">
      {items.map(item => (
        <div key={item.term} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere tabular-nums">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
