import { readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBackup } from '../../lib/backup/read.ts'
import { startRealApp } from './real-app.ts'
import { freshCopy, npmRun, removeCopy, root } from './real-start.ts'

// One story, told in order: yesterday's backup, on a machine on which Gangway never ran.

let app: Awaited<ReturnType<typeof startRealApp>>
let copy = ''
const inHome = (name: string) => path.join(copy, '.gangway', name)
const backup = () => path.join(copy, 'yesterday')

beforeAll(async () => {
  app = await startRealApp()
  copy = freshCopy()
})
afterAll(async () => {
  await app.stop()
  removeCopy(copy)
})

const rowsOf = async (directory: string) => {
  const { database } = await readBackup(directory, [])
  return database.files.map(({ table }) => [table?.name, table?.rows])
}

test('is made with one command, from a database of one’s own', async () => {
  const { DATABASE_URL = '', GANGWAY_KEYS = '', AUTH_SECRET = '' } = app.env
  const made = npmRun(root, 'backup', [backup()], { DATABASE_URL, GANGWAY_KEYS, AUTH_SECRET })
  expect(await made.ended, made.output()).toBe(0)
  expect(made.output()).toContain('three parts of one moment')
})

test('is restored before the first start, into an embedded database of its own, with its keyring', async () => {
  const restored = npmRun(copy, 'restore', ['yesterday'])
  expect(await restored.ended, restored.output()).toBe(0)
  expect(restored.output()).toContain('npm start')
  expect(readFileSync(inHome('keys'), 'utf8').trim()).toBe(app.env.GANGWAY_KEYS)
  for (const name of ['keys', 'auth-secret', 'database.json'])
    expect(statSync(inHome(name)).mode & 0o777, name).toBe(0o600)
})

test('is not restored over what is there', async () => {
  const again = npmRun(copy, 'restore', ['yesterday'])
  expect(await again.ended).toBe(1)
  expect(again.output()).toContain('There is something in this database already')
})

test('is the same when it is backed up from there, by a database that does not even run', async () => {
  const made = npmRun(copy, 'backup', ['today'])
  expect(await made.ended, made.output()).toBe(0)
  expect(await rowsOf(path.join(copy, 'today'))).toEqual(await rowsOf(backup()))
  rmSync(path.join(copy, 'today'), { recursive: true })
})
