'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/**
 * Asks for the page anew every so many seconds, in place, so that focus stays and only what changed is spoken.
 * Without JavaScript the whole page comes anew. Rests while the tab is hidden. Not for a page with a field in it.
 */
export function AutoRefresh({ seconds }: { seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const again = () => {
      if (!document.hidden) router.refresh()
    }
    const timer = setInterval(again, seconds * 1000)
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [router, seconds])
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  )
}
