'use client'

import { useEffect, useRef } from 'react'

/** Tells the server in which time zone the browser is; without a script it stays empty. */
export function ZoneField() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current) field.current.value = new Intl.DateTimeFormat().resolvedOptions().timeZone
  }, [])
  return <input ref={field} type="hidden" name="zone" defaultValue="" />
}
