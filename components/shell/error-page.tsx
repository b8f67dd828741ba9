import type { ReactNode } from 'react'
import { Brand } from '../ui/mark.tsx'

function BrokenPlank() {
  const ahead = 'fill-none stroke-edge [stroke-dasharray:3_3] [stroke-width:1.5]'
  return (
    <svg viewBox="0 0 420 96" aria-hidden="true" className="h-auto w-full">
      <path d="M0 62h104v34H0zM316 62h104v34H316z" className="fill-line" />
      <path d="M0 62h104v6H0zM316 62h104v6H316z" className="fill-edge" />
      <path
        d="M110 54h18l-5 10h-18zM134 54h18l-5 10h-18zM158 54h18l-5 10h-18zM246 74l18 4-4 10-19-3z"
        className="fill-sand"
      />
      <path d="M182 54h18l-5 10h-18zM206 54h18l-5 10h-18z" className={ahead} />
      <path
        d="M112 88c20-6 36-6 56 0s36 6 56 0 36-6 56 0 20 4 30 2"
        className="fill-none stroke-edge [stroke-width:1.5]"
      />
    </svg>
  )
}

/** Whatever went wrong, as a page: what happened, what is safe, what to press, what a helper needs to know. */
export function ErrorPage(props: {
  brand: { name: string; href: string }
  title: ReactNode
  lead: ReactNode
  /** "Trying again in 5 seconds": a `Countdown` in a sentence. */
  retry?: ReactNode
  actions?: ReactNode
  /** `Facts`: since when, tried how often, the number for a person who helps. */
  facts?: ReactNode
}) {
  return (
    <main id="main" className="grid min-h-dvh place-items-center bg-surface px-5 py-8">
      <div className="grid w-[min(520px,100%)] justify-items-start gap-6">
        <Brand {...props.brand} />
        <BrokenPlank />
        <div className="grid gap-2">
          <h1 className="text-2xl">{props.title}</h1>
          <p className="text-md text-muted">{props.lead}</p>
        </div>
        {props.retry && (
          <div role="status" className="w-full rounded-lg border border-line bg-canvas px-4 py-3.5">
            {props.retry}
          </div>
        )}
        {props.actions && <div className="flex flex-wrap gap-2">{props.actions}</div>}
        {props.facts && <div className="w-full border-t border-line pt-4">{props.facts}</div>}
      </div>
    </main>
  )
}
