'use client'

import type { ReactNode } from 'react'

const minuteMs = 60_000

/** The date field `id` gets the day `years` from today, in the person's own zone. */
function fill(id: string, years: number) {
  const field = document.getElementById(id)
  const day = new Date()
  day.setFullYear(day.getFullYear() + years)
  if (field instanceof HTMLInputElement)
    field.valueAsDate = new Date(day.getTime() - day.getTimezoneOffset() * minuteMs)
}

/** "A year from today": fills the date field with the id `controls`; not there without JavaScript. */
export function SetDate(props: { controls: string; years: number; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={() => fill(props.controls, props.years)}
      className="inline-flex min-h-9 items-center rounded-md border border-rim bg-surface px-3.5 text-base/tight font-semibold whitespace-nowrap shadow-card hover:border-edge hover:bg-hover noscript:hidden max-mid:min-h-11"
    >
      {props.children}
    </button>
  )
}
