import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { closeDatabase } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { demoPeople, makeDemo } from '#lib/members/make-demo.ts'

/**
 * `npm start -- --demo`: makes the sample company once and prints its sign-ins. The passwords are made here, never in the
 * program, and kept in `.gangway/demo` (0600), so that they are the same at the next start.
 */
const file = path.resolve('.gangway/demo')
const say = (line: string) => process.stdout.write(`${line}\n`)

const passwords = readPasswords()
const state = await makeDemo(passwords).finally(closeDatabase)
if (state === 'taken') say('  ! Gangway is set up already, so the sample company was not made.')
else {
  say(`\n  Sample company Larkfield Logistics at ${env().APP_URL}/sign-in`)
  for (const { email, role } of demoPeople)
    say(`    ${role.padEnd(10)} ${email.padEnd(28)} ${passwords.get(email) ?? ''}`)
  if (env().SANDBOX === 'on')
    say(`  Its ATS is the sandbox: ${backOffice()} (choose who you are, no password)`)
}

function backOffice(): string {
  const { protocol, host } = new URL(env().SANDBOX_ORIGIN)
  return `${protocol}//larkfield.${host}/backend`
}

function readPasswords(): Map<string, string> {
  const known = new Map(readLines().map(line => line.split('\t', 2) as [string, string]))
  const missing = demoPeople.filter(({ email }) => !known.get(email))
  for (const { email } of missing) known.set(email, newPassword())
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const lines = [...known].map(([email, password]) => `${email}\t${password}\n`)
  if (missing.length > 0) writeFileSync(file, lines.join(''), { mode: 0o600 })
  return known
}

function readLines(): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

/** Ten syllables, 64 bits: easy to type from a terminal, hopeless to guess within the limits of the sign-in. */
function newPassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? ''
  const syllable = () => pick('bdfghjklmnprstvwz') + pick('aeiou')
  return Array.from({ length: 5 }, () => syllable() + syllable()).join('-')
}
