'use client'

import { type ReactNode, useEffect, useState } from 'react'

/**
 * Shows and hides what stands in the password field with the id `controls`; not there without JavaScript.
 * The field is hidden again before it is sent, so that no browser keeps the secret as typed text, and
 * emptied when the page comes back out of the browser's memory.
 */
export function Reveal({ controls, children }: { controls: string; children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const input = document.getElementById(controls)
    if (!(input instanceof HTMLInputElement)) return
    input.type = shown ? 'text' : 'password'
    const hide = () => setShown(false)
    const empty = (event: PageTransitionEvent) => {
      if (event.persisted) input.value = ''
    }
    input.form?.addEventListener('submit', hide)
    addEventListener('pageshow', empty)
    return () => {
      input.form?.removeEventListener('submit', hide)
      removeEventListener('pageshow', empty)
    }
  }, [controls, shown])
  return (
    <button
      type="button"
      aria-pressed={shown}
      aria-controls={controls}
      onClick={() => setShown(!shown)}
      className="inline-flex min-w-11 items-center gap-1.5 px-3 text-sm font-semibold text-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-3 aria-pressed:bg-sunken aria-pressed:text-ink noscript:hidden"
    >
      {children}
    </button>
  )
}
