'use client'

import { useEffect, useState } from 'react'

const secondMs = 1000

/** Whole seconds left of `seconds`, counted from when the page came to life; by the clock, not by ticks. */
function useSecondsLeft(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const end = performance.now() + seconds * secondMs
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / secondMs)))
    tick()
    const timer = setInterval(tick, secondMs / 4)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}

/**
 * Words that count down. `words[n]` says it for n seconds, so every language has its own plural; the last one is
 * where it starts. Spoken once, when it is reached, never while it counts.
 */
export function Countdown({ words }: { words: readonly string[] }) {
  const left = useSecondsLeft(words.length - 1)
  return <span role="timer">{words[left]}</span>
}

const around = 2 * Math.PI * 28

/** The same as a ring with the number in it; `spoken` is its name: "7 seconds left". */
export function CountdownRing({ seconds, spoken }: { seconds: number; spoken: string }) {
  const left = useSecondsLeft(seconds)
  const gone = seconds > 0 ? 1 - left / seconds : 1
  return (
    <span role="timer" aria-label={spoken} className="relative size-16 shrink-0">
      <svg viewBox="0 0 64 64" aria-hidden="true" className="size-16 -rotate-90 fill-none [stroke-width:5]">
        <circle cx="32" cy="32" r="28" className="stroke-line" />
        <circle
          cx="32"
          cy="32"
          r="28"
          className="stroke-accent"
          strokeLinecap="round"
          strokeDasharray={around}
          strokeDashoffset={around * gone}
        />
      </svg>
      <b aria-hidden="true" className="absolute inset-0 grid place-content-center text-xl tabular-nums">
        {left}
      </b>
    </span>
  )
}
