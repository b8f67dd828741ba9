import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Made anew by the server of each run. */
const file = path.resolve(import.meta.dirname, '../test-results/secrets.txt')

/** Notes a secret of this run, so that its last test can search for it everywhere. Gives it back. */
export function noteSecret(secret: string): string {
  appendFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Every secret that the tests of this run have noted, once each. */
export const notedSecrets = (): string[] => [
  ...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean)),
]
