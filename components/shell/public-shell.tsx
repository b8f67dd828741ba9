import type { ReactNode } from 'react'
import { Brand } from '../ui/mark.tsx'
import { PageManners } from '../ui/page-manners.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { Harbour } from './harbour.tsx'

/** Before somebody is signed in: one narrow form, and beside it the pier. */
export function PublicShell(props: {
  skip: string
  brand: { name: string; href: string }
  title: ReactNode
  lead?: ReactNode
  /** What the product is, in two lines on the pier. */
  pier: { title: string; text: string }
  /** `Support`, and whatever else stands at the foot. */
  support: ReactNode
  affiliation?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <SkipLink>{props.skip}</SkipLink>
      <PageManners />
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)_minmax(0,1fr)] bg-surface max-mid:grid-cols-[minmax(0,1fr)] max-mid:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 grid-rows-[1fr_auto]">
          <main
            id="main"
            tabIndex={-1}
            className="grid place-items-center px-6 py-10 max-mid:place-items-start max-mid:justify-items-center max-mid:px-5 max-mid:py-7"
          >
            <div className="grid w-[min(380px,100%)] gap-6">
              <Brand {...props.brand} />
              <div>
                <h1 className="text-2xl">{props.title}</h1>
                {props.lead && <p className="mt-1 text-muted">{props.lead}</p>}
              </div>
              {props.children}
            </div>
          </main>
          <footer className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 px-6 pb-4 text-sm text-faint max-mid:px-5">
            <div>{props.affiliation}</div>
            <div className="ms-auto max-mid:ms-0">{props.support}</div>
          </footer>
        </div>
        <aside className="relative scheme-dark overflow-hidden bg-canvas text-ink max-mid:order-first max-mid:h-52">
          <Harbour className="absolute inset-x-0 bottom-0 h-[66%] w-full max-mid:top-[-70px] max-mid:bottom-auto max-mid:h-auto" />
          <div className="relative px-14 pt-16 max-mid:hidden">
            <p className="mb-2 max-w-[13em] text-3xl font-bold text-balance">{props.pier.title}</p>
            <p className="text-lg text-muted">{props.pier.text}</p>
          </div>
        </aside>
      </div>
    </>
  )
}
