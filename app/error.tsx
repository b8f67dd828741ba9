'use client'

import { ErrorPage } from '#components/shell/error-page.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import words from '#messages/en/broken.json'

/**
 * A page that failed while it was made. It runs in the browser, where no other words are; never what the error says, only
 * the number under which it stands in the log.
 */
export default function BrokenPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <ErrorPage
      brand={{ name: 'Gangway', href: '/' }}
      title={words.title}
      lead={words.lead}
      actions={
        // A button without an icon: this page's script comes with every other page, and icons would come all together.
        <button type="button" onClick={reset} className={buttonClass({ variant: 'primary' })}>
          {words.again}
        </button>
      }
      facts={error.digest && words.number.replace('{digest}', error.digest)}
    />
  )
}
