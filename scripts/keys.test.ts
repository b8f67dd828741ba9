import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { parseKeyring } from '#lib/keys/keyring.ts'
import { someColumn, someEntry, someKeyOwner, startedWith } from '#lib/keys/testing.ts'

let folder = ''
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gangway-keys-'))
  await db().delete(dataKeys)
  await db().delete(kekRegistry)
})
afterEach(() => rmSync(folder, { recursive: true }))

type Ran = { code: number | null; out: string; err: string }

/** The command as somebody runs it, with a keyring in the environment or in a file. */
function keys(words: string[], from: { GANGWAY_KEYS?: string; GANGWAY_KEYS_FILE?: string }): Promise<Ran> {
  const { GANGWAY_KEYS: _, AUTH_SECRET: __, ...env } = process.env
  const child = spawn(process.execPath, ['scripts/keys.mjs', ...words], { env: { ...env, ...from } })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.on('data', chunk => {
    ran.out += chunk
  })
  child.stderr.on('data', chunk => {
    ran.err += chunk
  })
  return new Promise(resolve => child.on('close', code => resolve({ ...ran, code })))
}

async function sealOne(of: Awaited<ReturnType<typeof startedWith>>) {
  const [owner, place] = [someKeyOwner(), someColumn()]
  await transaction(tx => of.sealFor(tx, owner, place, new Secret('a key')))
}

describe('npm run keys', { timeout: 60_000 }, () => {
  it('generate prints a key with an id of its own, alone on standard output', async () => {
    const k1 = someEntry('k1')
    const { code, out, err } = await keys(['generate'], { GANGWAY_KEYS: k1 })
    expect(code).toBe(0)
    expect(out).toMatch(/^k2:[A-Za-z0-9+/]{43}=\n$/)
    expect(parseKeyring(`${out.trim()},${k1}`, 'both').primary.id).toBe('k2')
    expect(err).toContain('Put it first')
  })

  it('generate --write puts it in front of the file’s keys, for the owner’s eyes only, and does not show it', async () => {
    const file = path.join(folder, 'keys')
    await keys(['generate', '--write'], { GANGWAY_KEYS_FILE: file })
    const first = readFileSync(file, 'utf8').trim()
    const { code, out, err } = await keys(['generate', '--write'], { GANGWAY_KEYS_FILE: file })
    expect(code).toBe(0)
    const ring = parseKeyring(readFileSync(file, 'utf8'), file)
    expect([...ring.keys.keys()]).toEqual(['k2', 'k1'])
    expect(readFileSync(file, 'utf8').trim().endsWith(first)).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(out + err).not.toContain(first.slice(3, 20))
  })

  it('leads through a rotation: status, rotate, status, verify', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    for (let i = 0; i < 3; i++) await sealOne(before)
    const both = { GANGWAY_KEYS: `${k2},${k1}` }
    expect((await keys(['status'], both)).out).toMatch(
      /k2 +primary +not seen yet +0\n[\s\S]*restart it with this keyring/,
    )
    await (await startedWith(k2, k1)).assertKeyring()

    const due = await keys(['status'], both)
    expect(due.out).toMatch(
      /k2 +primary +matches +0\nk1 +behind it +matches +3\n.*rotate" wraps 3 data keys anew by k2/,
    )
    const rotated = await keys(['rotate'], both)
    expect(rotated).toMatchObject({ code: 0, err: '3 wrapped anew, 0 left\n' })
    expect(rotated.out).toMatch(/^3 data keys wrapped anew by k2\.\nRetired: k1\./)
    expect((await keys(['status'], both)).out).toMatch(/k1 +behind it +retired [-\d]+ +0\nNothing needs k1/)
    expect(await keys(['verify'], { GANGWAY_KEYS: k2 })).toMatchObject({
      code: 0,
      out: '3 data keys can be unwrapped, 0 cannot.\n',
    })
  })

  it('verify names what cannot be unwrapped and ends with 1', async () => {
    const before = await startedWith(someEntry('k1'))
    await before.assertKeyring()
    await sealOne(before)
    const { code, out } = await keys(['verify'], { GANGWAY_KEYS: someEntry('k1') })
    expect(code).toBe(1)
    expect(out).toMatch(
      /^0 data keys can be unwrapped, 1 cannot\.\n[-0-9a-f]{36} of connection [-0-9a-f]{36}, wrapped by k1\n$/,
    )
  })

  it.each([
    ['status', { GANGWAY_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` }, 78, /"k1" is weak/],
    ['rotate', { GANGWAY_KEYS: someEntry('k1') }, 78, /Restart each with the new keyring/],
    ['generate', { GANGWAY_KEYS: 'nonsense' }, 78, /entry 1 has no id/],
    ['melt', { GANGWAY_KEYS: someEntry('k1') }, 64, /npm run keys -- <command>/],
  ])('%s with what cannot work ends with a sentence and no stack', async (word, from, code, said) => {
    const ran = await keys([word], from)
    expect(ran.code).toBe(code)
    expect(ran.err).toMatch(said)
    expect(ran.err).not.toMatch(/ {4}at /)
  })
})
