import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import { eventKinds, eventNames } from './names.ts'

const say = createSay('en', 'UTC')

test('every change that can be recorded has its words, and every kind', () => {
  expect(eventNames.filter(name => !say.has(`audit.events.${name}`))).toEqual([])
  expect(eventKinds.filter(kind => !say.has(`audit.kinds.${kind}`))).toEqual([])
})

// The type of `Change.name` holds this at compile time; this finds a name that is listed and recorded by nobody.
test('every change that is listed is recorded somewhere', () => {
  const code = globSync('lib/**/*.ts')
    .filter(file => !/\.test\.ts$|audit\/names\.ts$/.test(file))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
  expect(eventNames.filter(name => !code.includes(`'${name}'`))).toEqual([])
})
