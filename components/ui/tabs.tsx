import { Count } from './badge.tsx'

export type Tab = { label: string; href: string; current?: boolean | undefined; count?: string | undefined }

/** The pages of one thing, each with an address of its own. */
export function Tabs({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav
      aria-label={label}
      className="-mx-8 flex gap-0.5 overflow-x-auto border-b border-line px-5 [scrollbar-width:none] max-mid:-mx-4 max-mid:px-1"
    >
      {items.map(tab => (
        <a
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className="-mb-px inline-flex items-center gap-[7px] border-b-2 border-transparent px-3 py-2.5 font-medium whitespace-nowrap text-muted no-underline hover:text-ink focus-visible:rounded-md focus-visible:-outline-offset-3 max-mid:min-h-11 forced-colors:not-aria-[current]:border-[Canvas] aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {tab.label}
          {tab.count && <Count>{tab.count}</Count>}
        </a>
      ))}
    </nav>
  )
}
