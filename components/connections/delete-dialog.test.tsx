import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import type { ConnectionDetail } from '#lib/views.ts'
import { DeleteDialog } from './delete-dialog.tsx'

const connection = { name: 'Workable', connector: 'workable', environment: 'live' }

test.each([
  ['api_key', 'The key is destroyed here'],
  ['oauth', 'The sign-in is revoked in Workable'],
])('the question before a deletion says what becomes of the credential, by %s', (way, words) => {
  const page = renderToStaticMarkup(
    <DeleteDialog
      say={createSay('en', 'UTC')}
      connection={{ ...connection, way } as ConnectionDetail}
      base="/w/acme/integrations/workable/1"
      linked={[]}
      positions={0}
      numbers={1}
      asksPassword
      value={() => ''}
      error={() => undefined}
    />,
  )
  expect(page).toContain(words)
})
