'use client'

import { type ReactNode, useEffect, useState } from 'react'

const shownMs = 2000

/** Copies `text`; `copied` (spoken and shown) stands in for `children` for two seconds. Not there without JavaScript. */
export function CopyButton(props: {
  text: string
  label: string
  copied: string
  done: ReactNode
  children: ReactNode
  className: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text)
      setCopied(true)
    } catch {
      prompt(props.label, props.text) // no clipboard without TLS or permission: there it can be copied by hand
    }
  }
  return (
    <>
      <button type="button" aria-label={props.label} onClick={copy} className={props.className}>
        {copied ? props.done : props.children}
      </button>
      <span role="status" className="sr-only">
        {copied && props.copied}
      </span>
    </>
  )
}
