'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'

/** Both names are known to the page that comes back in the window (`app/link/sign-in-back.ts`). */
const windowName = 'gangway-sign-in'
const channelName = 'gangway-sign-in'
const features = 'popup,width=620,height=780'
/** A window beside the wizard is no help on a phone: there the same happens in this tab. */
const roomy = '(min-width: 900px) and (not (pointer: coarse))'
const lookMs = 1000

type Phase = 'start' | 'waiting' | 'closed'

/** The person who waits learns of the end by what comes first: a message, the channel, or asking the server. */
function useEnd(props: { session: string; mark: string; state: string }, phase: Phase, gone: () => void) {
  const { session, mark, state } = props
  useEffect(() => {
    if (phase === 'start') return
    const listening = new AbortController()
    const { signal } = listening
    // Going once more would begin the way anew: on a slow line it would never end.
    let leaving = false
    const look = async () => {
      if (leaving) return
      const address = `${state}?mark=${encodeURIComponent(mark)}`
      // biome-ignore lint/style/noRestrictedGlobals: a browser's own, to where its page came from; the rule is about servers
      const answer = await fetch(address, { signal }).catch(() => undefined)
      const found: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined
      const to = found && typeof found === 'object' && 'to' in found ? found.to : undefined
      if (leaving || signal.aborted) return
      if (typeof to !== 'string' || !to.startsWith('/')) return gone()
      leaving = true
      location.assign(to)
    }
    // What a message says is never believed: it only makes us ask.
    const told = (data: unknown) => {
      if (data && typeof data === 'object' && 'session' in data && data.session === session) void look()
    }
    const channel = new BroadcastChannel(channelName)
    channel.onmessage = ({ data }) => {
      told(data)
      channel.postMessage({ taken: session })
    }
    addEventListener('message', event => event.origin === location.origin && told(event.data), { signal })
    // Back leads to this page as it was left.
    addEventListener('pageshow', () => (leaving = false), { signal })
    for (const name of ['focus', 'online', 'visibilitychange']) addEventListener(name, look, { signal })
    const timer = setInterval(look, lookMs)
    return () => {
      listening.abort()
      channel.close()
      clearInterval(timer)
    }
  }, [session, mark, state, phase, gone])
}

/** Hidden, not taken out: a form that is on its way and is taken out is never sent. */
const Screen = ({ shown, children }: { shown: boolean; children: ReactNode }) => (
  <div hidden={!shown} className="grid gap-6 [&[hidden]]:hidden">
    {children}
  </div>
)

/**
 * Opens the sign-in of the ATS in a window, inside the click, and waits for its end. Where none opens (held back, a phone, no
 * JavaScript) the form goes on in this tab. Screens are made on the server; this only says which one is seen.
 */
export function SignInWindow(props: {
  session: string
  /** Where the sign-in stood when this page was made. */
  mark: string
  /** Says where to go on, once there is something to go on to. */
  state: string
  start: ReactNode
  waiting: ReactNode
  closed: ReactNode
}) {
  const [phase, setPhase] = useState<Phase>('start')
  const opened = useRef<Window | null>(null)
  const [gone] = useState(() => () => {
    if (opened.current?.closed) setPhase('closed')
  })
  useEnd(props, phase, gone)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (phase !== 'start') box.current?.querySelector<HTMLElement>(':scope > :not([hidden]) h1')?.focus()
  }, [phase])
  function send(event: FormEvent<HTMLDivElement>) {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.dataset.window || !matchMedia(roomy).matches) return
    const { current } = opened
    if (current && !current.closed && phase === 'waiting') {
      event.preventDefault()
      return current.focus()
    }
    opened.current = open('', windowName, features)
    if (!opened.current) return
    form.target = windowName
    setPhase('waiting')
    // The page stays: it may be pressed again.
    setTimeout(() => {
      delete form.dataset.sent
      for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
    })
  }
  return (
    <div ref={box} onSubmitCapture={send} className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Screen shown={phase === 'start'}>{props.start}</Screen>
      {phase !== 'start' && <Screen shown={phase === 'waiting'}>{props.waiting}</Screen>}
      {phase !== 'start' && <Screen shown={phase === 'closed'}>{props.closed}</Screen>}
    </div>
  )
}
