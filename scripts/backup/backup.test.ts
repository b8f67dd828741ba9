import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  emptyDatabase,
  filledDatabase,
  known,
  rowsIn,
  someDirectory,
  startedOn,
} from '#lib/backup/testing.ts'
import { someEntry } from '#lib/keys/testing.ts'
import { root } from '../checks/check.ts'

type Ran = { code: number | null; out: string; err: string }
type Env = Record<string, string>

/** A command as somebody runs it, on a database of her own. */
function command(script: string, words: string[], env: Env) {
  const { GANGWAY_KEYS: _, AUTH_SECRET: __, ...inherited } = process.env
  const child = spawn(process.execPath, [path.join(root, script), ...words], {
    env: { ...inherited, ...env },
  })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.on('data', chunk => {
    ran.out += chunk
  })
  child.stderr.on('data', chunk => {
    ran.err += chunk
  })
  const ended = new Promise<Ran>(resolve => child.on('close', code => resolve({ ...ran, code })))
  return { child, ended }
}
const backup = (words: string[], env: Env) => command('scripts/backup.mjs', words, env).ended
const restore = (words: string[], env: Env) => command('scripts/restore.mjs', words, env).ended

describe('npm run backup and npm run restore', { timeout: 120_000 }, () => {
  test('lead from one database into another, and say what each part is for', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = path.join(someDirectory(), 'backup')
    const secret = { GANGWAY_KEYS: entry, AUTH_SECRET: 'a'.repeat(44) }
    const made = await backup([directory], { DATABASE_URL: from.url, ...secret })
    expect(made).toMatchObject({ code: 0, err: '' })
    for (const said of ['three parts of one moment', 'keep them apart', '30 days', 'docs/operators.md'])
      expect(made.out).toContain(said)
    const done = await restore([directory], { DATABASE_URL: into.url, ...secret })
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toMatch(/Restored in .* rows as of .*\n[\s\S]*npm start/)
    for (const value of [entry.slice(3, 20), 'a'.repeat(44), known.key, new URL(from.url).password])
      expect(made.out + done.out).not.toContain(value)
    expect(await rowsIn(into)).toEqual(await rowsIn(from))
    const program = await startedOn(into, entry)
    expect((await program.readCredential(program.db(), from)).reveal()).toBe(known.key)
    await program.close()
  })

  test('a restore that is killed in the middle is begun again by the same command', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = path.join(someDirectory(), 'backup')
    await backup([directory], { DATABASE_URL: from.url, GANGWAY_KEYS: entry })
    const env = { DATABASE_URL: into.url, GANGWAY_KEYS: entry }
    const { child, ended } = command('scripts/restore.mjs', [directory], env)
    const isMarked = async () =>
      (await into.sql`select to_regnamespace('gangway_restore') is not null as there`)[0]?.there === true
    while (!(await isMarked())) await sleep(5)
    child.kill('SIGKILL')
    await ended
    expect(await isMarked()).toBe(true)
    expect(await restore([directory], env)).toMatchObject({ code: 0 })
    expect(await isMarked()).toBe(false)
    expect(await rowsIn(into)).toEqual(await rowsIn(from))
  })

  test.each([
    ['backup', [], 64, /npm run backup -- <directory>/],
    ['restore', [], 64, /npm run restore -- <directory>/],
    ['restore', ['nowhere'], 1, /There is no backup in .*nowhere/],
    ['backup', ['.'], 1, /There is something in .* already/],
    ['restore', ['made'], 78, /"k1" is not the one that this database knows/],
  ] as const)('%s %j ends with a sentence and no stack', async (name, words, code, said) => {
    const [from, into, place] = [
      await filledDatabase(someEntry('k1')),
      await emptyDatabase(),
      someDirectory(),
    ]
    const env = { GANGWAY_KEYS: someEntry('k1'), INIT_CWD: place }
    if (words[0] === 'made') await backup(['made'], { ...env, DATABASE_URL: from.url })
    if (words[0] === '.') mkdirSync(path.join(place, 'something'))
    const url = name === 'backup' ? from.url : into.url
    const ran = await command(`scripts/${name}.mjs`, [...words], { ...env, DATABASE_URL: url }).ended
    expect(ran.code).toBe(code)
    expect(ran.err).toMatch(said)
    expect(ran.err).not.toMatch(/ {4}at /)
    expect(existsSync(path.join(place, 'nowhere'))).toBe(false)
  })
})
