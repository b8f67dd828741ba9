import { expect, test } from 'vitest'
import { keptIn, walkAtTheKey } from './testing.ts'

// Taken out with: the pool beside the pool, `besideSql` in `lib/db/client.ts`.
test('more people than the pool has connections press Next at the same moment, and nobody waits for ever (F-31)', async () => {
  const walks = await Promise.all(Array.from({ length: 12 }, () => walkAtTheKey()))
  const pressed = await Promise.all(walks.map(walk => walk.enter('a-key-that-nobody-has-seen')))
  expect(new Set(pressed)).toEqual(new Set(['check']))
  const kept = await Promise.all(walks.map(walk => keptIn(walk.workspaceId)))
  expect(kept.every(({ candidates }) => candidates === 1)).toBe(true)
})
