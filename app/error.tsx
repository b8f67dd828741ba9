'use client'

import { ErrorPage } from '#components/shell/error-page.tsx'
import { Button } from '#components/ui/button.tsx'
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
        <Button variant="primary" icon="refresh-cw" onClick={reset}>
          {words.again}
        </Button>
      }
      facts={error.digest && words.number.replace('{digest}', error.digest)}
    />
  )
}
