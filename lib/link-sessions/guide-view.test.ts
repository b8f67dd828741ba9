import { expect, test } from 'vitest'
import { hostSuffix } from '#lib/ats/hosts.ts'
import { accountAddress } from './account-address.ts'
import { guideFor } from './guide-view.ts'
import { readWalk } from './read.ts'
import { startedWalk, walkAtTheKey } from './testing.ts'

test('the guide leads into the very account that was entered, and tells to tick what was agreed to', async () => {
  const { id, user } = await walkAtTheKey('acme', 'read')
  const walk = await readWalk(user, id)
  const suffix = walk.connector && hostSuffix(walk.connector.manifest, 'sandbox')
  expect(accountAddress(walk)?.host).toBe(`acme.${suffix}`)
  const guide = guideFor(walk, 'api_key')
  expect(guide?.settingsUrl).toMatch(new RegExp(`^http://acme\\.${suffix}/`))
  expect(guide?.scopes).toEqual(['r_jobs', 'r_candidates'])
  expect(guideFor(walk, 'subdomain')?.settingsUrl).toBeUndefined()
  expect(guideFor(walk, 'key_expires_on')).toBeUndefined()
})

test('before an ATS was picked there is no address to lead to', async () => {
  const { id, user } = await startedWalk()
  const walk = await readWalk(user, id)
  expect([accountAddress(walk), guideFor(walk, 'api_key')]).toEqual([undefined, undefined])
})

// Taken out with: `lastFourOf` in `parse-fields.ts`, giving more of the key.
test('A-072: what a screen is made from holds the last four characters of a key and no more of it', async () => {
  const { id, user, enter } = await walkAtTheKey()
  await enter('CNRY-key-that-ends-in-c41e')
  const walk = await readWalk(user, id)
  expect(walk.candidate).toEqual({
    generation: 1,
    accounts: null,
    lastFour: 'c41e',
    expiresAt: expect.any(Date),
  })
  expect(JSON.stringify(walk)).not.toMatch(/CNRY|cv1\./)
})
