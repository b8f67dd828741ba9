import type { Said } from '#lib/errors.ts'
import { commonPasswords, commonWords } from './common-passwords.ts'
import { mostPasswordBytes, normalised } from './password.ts'

const leastCharacters = 15
/** So many characters must be left when words that anybody would try, runs and repetitions are taken away. */
const leastOfOnesOwn = 6
/** Three or more common words in one password may be a pass phrase; one or two are a guess. */
const mostCommonWords = 2
const leastWordLength = 4
const shortestRun = 4

const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1qa2ws3ed4rf5tg6yh7uj8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
]
const looksLike: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/** What is asked of the people and things around a password: product, workspace, name, e-mail. */
type Words = readonly string[]

const withoutSeparators = (text: string): string => text.replace(/[\p{P}\p{Z}$+<=>^`|~\s]/gu, '')
const plainLetters = (text: string): string => text.replace(/[@431!0$57]/g, sign => looksLike[sign] ?? sign)

function unrepeated(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const unit = text.slice(0, length)
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit
  }
  return text
}

// A step stays, goes on or goes back on the same row: 1122334455, qwerty, 4321.
function isRun(piece: string): boolean {
  const signs = [...piece]
  return [...rows, [...new Set(signs)].length === 1 ? piece : ''].some(row => {
    const at = signs.map(sign => row.indexOf(sign))
    if (at.includes(-1)) return false
    const steps = at.slice(1).map((place, i) => place - (at[i] ?? 0))
    return steps.every(step => step === 0 || step === 1) || steps.every(step => step === 0 || step === -1)
  })
}

function withoutRuns(text: string): string {
  for (let start = 0; start + shortestRun <= text.length; start++) {
    let end = start + shortestRun
    if (!isRun(text.slice(start, end))) continue
    while (end < text.length && isRun(text.slice(start, end + 1))) end++
    return text.slice(0, start) + withoutRuns(text.slice(end))
  }
  return text
}

function without(words: Words, text: string): { rest: string; found: number } {
  let rest = text
  let found = 0
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    if (!rest.includes(word)) continue
    rest = rest.replaceAll(word, ' ')
    found++
  }
  return { rest, found }
}

const ownLength = (text: string): number =>
  [...withoutSeparators(withoutRuns(text.replace(/(?:19|20)\d\d/g, ' ')))].length

function guessOf(text: string, context: Words): 'common' | 'context' | 'pattern' | null {
  const unit = unrepeated(withoutSeparators(text))
  if (new Set(unit).size < 5 || ownLength(unit) < leastOfOnesOwn) return 'pattern'
  if (commonPasswords.has(text)) return 'common'
  const named = without(context, unit)
  if (named.found > 0 && ownLength(named.rest) < leastOfOnesOwn) return 'context'
  const plain = without(commonWords, named.rest)
  if (plain.found > mostCommonWords || ownLength(plain.rest) >= leastOfOnesOwn) return null
  return named.found > 0 ? 'context' : 'common'
}

function contextWords(around: readonly string[]): Words {
  const words = [...around, 'gangway'].flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  return [...new Set([...words, ...words.map(plainLetters)])].filter(word => word.length >= leastWordLength)
}

/**
 * What is wrong with a new password, as a sentence of `password.*`, or null. At least 15 characters and at most 1024 bytes, any
 * characters (NIST SP 800-63B-4); not one that is tried first: common ones, runs and repetitions, and those made of the words
 * around it. `around` is what an attacker knows: the workspace's name, the person's name, her e-mail address.
 */
export function passwordProblem(password: string, around: readonly string[]): Said | null {
  const text = normalised(password)
  const has = [...text].length
  if (has < leastCharacters) return { key: 'password.too_short', values: { least: leastCharacters, has } }
  if (Buffer.byteLength(text) > mostPasswordBytes)
    return { key: 'password.too_long', values: { most: mostPasswordBytes } }
  const lower = text.toLowerCase()
  const context = contextWords(around)
  const guess = guessOf(lower, context) ?? guessOf(plainLetters(lower), context)
  return guess && { key: `password.${guess}` }
}
