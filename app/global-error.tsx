'use client'

import BrokenPage from './error.tsx'
import './globals.css'

/** The same when even the frame of all pages failed. */
export default function BrokenFrame(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <BrokenPage {...props} />
      </body>
    </html>
  )
}
