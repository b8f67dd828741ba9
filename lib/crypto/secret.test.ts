import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'

const mayReveal = [
  'lib/crypto/seal.ts',
  'lib/http.ts',
  'lib/oauth/client.ts',
  'lib/mail/sealed-link.ts',
  'lib/crypto/secret.ts',
]

describe('A-092 a secret that is printed by mistake', () => {
  // Defence: toString, toJSON, inspect.custom and the private field, secret.ts.
  it.each([
    ['in a text', (s: Secret) => `${s}`],
    ['joined', (s: Secret) => [s].join()],
    ['as JSON', (s: Secret) => JSON.stringify({ s })],
    ['inspected, hidden fields too', (s: Secret) => inspect({ deep: { s } }, { showHidden: true, depth: 9 })],
    ['listed', (s: Secret) => `${Object.keys(s)} ${Object.entries(s)} ${JSON.stringify({ ...s })}`],
    ['in an error', (s: Secret) => inspect(new Error(`no answer for ${s}`, { cause: { s } }))],
  ])('shows nothing %s', (_, print) => {
    expect(print(new Secret('CNRY-printed'))).not.toContain('CNRY')
  })

  it('shows nothing in the log of a process', () => {
    const program = `
      import { log } from './lib/log.ts'
      import { Secret } from './lib/crypto/secret.ts'
      const secret = new Secret('CNRY-logged')
      log.error({ secret, deep: [{ secret }], err: new Error('it failed', { cause: secret }) }, 'said %s', secret)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      env: { ...process.env, LOG_LEVEL: 'info' },
    })
    expect(stdout).toContain('it failed')
    expect(stdout).toContain('said [secret]')
    expect(stdout).not.toContain('CNRY')
  })

  it('is revealed by sealing, by the door for HTTP, by the OAuth client and by the address of a mail alone', () => {
    const files = globSync('{app,components,lib,scripts}/**/*.{ts,tsx,mjs}').filter(
      file => !/(\.test\.tsx?|\/testing[\w-]*\.ts|-testing\.ts)$/.test(file),
    )
    const revealing = files.filter(file => /[.'"`]reveal\b/.test(readFileSync(file, 'utf8')))
    expect(files.length).toBeGreaterThan(20)
    expect(revealing).toContain('lib/crypto/seal.ts')
    expect(revealing.filter(file => !mayReveal.includes(file))).toEqual([])
  })
})
