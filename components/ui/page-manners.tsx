'use client'

import { useEffect } from 'react'

/** Whoever stopped the page from loading may press again after this. */
const stoppedAfterMs = 15_000

/** A second press of a form that is on its way does nothing; the pressed button says that it is busy. A download never leaves. */
function sendOnce(event: SubmitEvent) {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method === 'dialog' || event.defaultPrevented) return
  if (form.dataset.download !== undefined) return
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = 'yes'
  event.submitter?.setAttribute('aria-busy', 'true')
  setTimeout(forgetSent, stoppedAfterMs)
}

/** Back from the next page: what was sent can be sent again. */
function forgetSent() {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) delete form.dataset.sent
  for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy')
}

/** An open menu closes when the person presses Escape or turns to something else. */
function closeMenus(event: Event) {
  const byKey = event instanceof KeyboardEvent
  if (byKey && event.key !== 'Escape') return
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    const inside = event.target instanceof Node && menu.contains(event.target)
    if (inside && !byKey) continue
    menu.open = false
    if (inside) menu.querySelector('summary')?.focus()
  }
}

/** Once a page: what every form and every menu does. Without JavaScript forms and menus work all the same. */
export function PageManners() {
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('submit', sendOnce, { signal })
    addEventListener('pageshow', forgetSent, { signal })
    document.addEventListener('click', closeMenus, { signal })
    document.addEventListener('keydown', closeMenus, { signal })
    document.addEventListener('focusin', closeMenus, { signal })
    return () => listening.abort()
  }, [])
  return null
}
