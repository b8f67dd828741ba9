import { Fragment, type ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Tile, type TileLook } from '../ui/tile.tsx'

/** A page in the app: to 1180 px, 32 px in, blocks 20 px apart. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <div className="grid max-w-[1180px] grid-cols-[minmax(0,1fr)] content-start gap-5 px-8 pt-6.5 pb-14 max-mid:gap-4.5 max-mid:px-4 max-mid:pt-5 max-mid:pb-10">
      {children}
    </div>
  )
}

/** Title, what stands under it, and the acts of the page: one primary at most, last. */
export function PageHead(props: {
  title: ReactNode
  lead?: ReactNode
  tile?: TileLook | undefined
  badges?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      {props.tile && <Tile size="lg" {...props.tile} />}
      <div className="min-w-0 flex-1 max-mid:basis-[calc(100%-70px)]">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="wrap-anywhere">{props.title}</h1>
          {props.badges}
        </div>
        {props.lead && <p className="mt-0.5 wrap-anywhere text-muted">{props.lead}</p>}
      </div>
      {props.actions && (
        <div className="flex flex-wrap items-center gap-2.5 self-start max-mid:w-full max-mid:*:flex-auto">
          {props.actions}
        </div>
      )}
    </div>
  )
}

export type Crumb = { label: string; href?: string | undefined }

/** Where the page lies; the last one is the page itself, and is left out on a small screen. */
export function Crumbs({ label, items }: { label: string; items: readonly Crumb[] }) {
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap items-center gap-1.5 text-sm text-faint max-mid:flex-nowrap"
    >
      {items.map((item, index) => {
        const last = index === items.length - 1
        return (
          <Fragment key={item.label}>
            {index > 0 && (
              <Icon
                name="chevron-right"
                size={14}
                className={last ? 'max-mid:hidden rtl:-scale-x-100' : 'rtl:-scale-x-100'}
              />
            )}
            {item.href ? (
              <a
                href={item.href}
                className="min-w-0 shrink text-muted no-underline hover:underline first:shrink-0 max-mid:truncate max-mid:py-3 max-mid:-my-3"
              >
                {item.label}
              </a>
            ) : (
              <span aria-current={last ? 'page' : undefined} className={last ? 'max-mid:hidden' : ''}>
                {item.label}
              </span>
            )}
          </Fragment>
        )
      })}
    </nav>
  )
}

/** Side by side: what the page is about, and 320 px of what belongs to it. */
export function Columns({ main, aside }: { main: ReactNode; aside: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-5 max-wide:grid-cols-[minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">{main}</div>
      <div className="grid min-w-0 gap-5">{aside}</div>
    </div>
  )
}

/** A title at the left, its fields at the right: the sections of a settings page. */
export function SettingsSection(props: {
  id: string
  title: string
  divided?: boolean
  children: ReactNode
}) {
  return (
    <section
      aria-labelledby={props.id}
      className={`grid grid-cols-[200px_minmax(0,1fr)] gap-x-10 gap-y-4 max-mid:grid-cols-[minmax(0,1fr)] ${props.divided ? 'border-t border-line pt-5' : ''}`}
    >
      <h2 id={props.id} className="pt-1">
        {props.title}
      </h2>
      <div className="grid min-w-0 content-start gap-4">{props.children}</div>
    </section>
  )
}
