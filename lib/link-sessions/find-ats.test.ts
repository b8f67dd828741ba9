import { expect, test } from 'vitest'
import { absentAts } from '#lib/connectors/catalog.ts'
import { findAts } from './find-ats.ts'

test('those that are here come first, each with its sandbox, then all that can be asked for', () => {
  const { here, absent } = findAts('')
  expect(here.map(choice => choice.value)).toEqual(['workable', 'workable/sandbox'])
  expect(absent).toEqual(absentAts)
  expect(new Set(absentAts.map(name => name.toLowerCase())).size).toBe(absentAts.length)
})

test('a search looks for each word anywhere in the name, letter case aside', () => {
  expect(findAts('WORK').here.map(choice => choice.value)).toEqual(['workable', 'workable/sandbox'])
  expect(findAts('sandbox').here.map(choice => choice.value)).toEqual(['workable/sandbox'])
  expect(findAts('hr jazz').absent).toEqual(['Jazz HR'])
  expect(findAts('no such thing')).toMatchObject({ here: [], absent: [] })
})
