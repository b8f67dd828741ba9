import { expect, test } from 'vitest'
import { reasonsFor, suggestJob, wordsOf } from './suggest.ts'

const role = (
  title: string,
  more: Partial<{ code: string; department: string; place: string; state: string }> = {},
) => ({
  title,
  code: '',
  department: '',
  place: '',
  state: 'published',
  ...more,
})

const titleOf = (position: ReturnType<typeof role>, ...jobs: ReturnType<typeof role>[]) =>
  suggestJob(position, jobs)?.job.title

test('the same code wins over a title that is alike, spaces and letter case aside', () => {
  const position = role('Warehouse Manager', { code: 'NL / ops / 014' })
  expect(titleOf(position, role('Warehouse Manager'), role('Depot Lead', { code: 'NL/OPS/014' }))).toBe(
    'Depot Lead',
  )
})

test('a code that only begins alike is another code', () => {
  expect(reasonsFor(role('A', { code: 'NL/OPS/14' }), role('A', { code: 'NL/OPS/014' })).code).toBe(
    'different',
  )
})

test('the same title is suggested, also in other letters, plurals and abbreviations', () => {
  expect(titleOf(role('Sr. Warehouse Managers'), role('Senior Warehouse Manager'), role('Driver'))).toBe(
    'Senior Warehouse Manager',
  )
  expect(titleOf(role('Café Manager'), role('cafe manager'))).toBe('cafe manager')
})

test.each([
  ['Account Manager', 'Project Manager'],
  ['Sales Manager', 'Office Manager'],
  ['Software Engineer', 'Service Engineer'],
  ['Senior Product Designer', 'Senior Customs Declarant'],
  ['Customer Service Agent (m/f/d)', 'Forwarding Agent (m/f/d)'],
  ['Head of Finance', 'Head of Transport'],
  ['Senior Software Engineer', 'Senior Data Engineer'],
  ['Senior Product Designer', 'Junior Product Designer'],
  ['Customer Service Agent', 'Customer Service Manager'],
  ['Night Shift Supervisor', 'Day Shift Supervisor'],
])('a common word alone is no likeness: %s is not %s', (ours, theirs) => {
  expect(titleOf(role(ours), role(theirs))).toBeUndefined()
})

test.each([
  ['Warehouse Manager', 'Warehouse Operations Manager'],
  ['Senior Warehouse Operations Manager, Night Shift', 'Sr. Warehouse Operations Manager (Nights)'],
  ['Account Executive', 'Account Executive, Mid-Market, Benelux'],
  ['Customs Declarant', 'Customs Declarant (Schiphol)'],
])('what tells a role apart makes it alike: %s may be %s', (ours, theirs) => {
  expect(titleOf(role(ours), role(theirs))).toBe(theirs)
})

test('the same place and department do not make two different roles alike', () => {
  const there = { place: 'Rotterdam', department: 'Operations' }
  expect(titleOf(role('Customs Declarant', there), role('Forklift Driver', there))).toBeUndefined()
})

test('of two jobs of the same title the one in the same place is suggested, with the reason', () => {
  const position = role('Truck Driver', { place: 'Venlo' })
  const found = suggestJob(position, [
    role('Truck Driver', { place: 'Rotterdam' }),
    role('Truck Driver', { place: 'Venlo' }),
  ])
  expect(found?.reasons).toEqual({ title: 'same', code: 'unknown', department: 'unknown', place: 'same' })
})

test('when two fit equally well, nobody is suggested: a person’s eye is better', () => {
  expect(titleOf(role('Truck Driver'), role('Truck Driver'), role('Truck Driver'))).toBeUndefined()
})

test('a published job goes before a draft, and an archived one is never suggested', () => {
  const found = suggestJob(role('Driver'), [role('Driver', { state: 'draft' }), role('Driver')])
  expect(found?.job.state).toBe('published')
  expect(suggestJob(role('Driver'), [role('Driver', { state: 'archived' })])).toBeUndefined()
})

test('an empty title, or one of signs alone, is like nothing', () => {
  expect(titleOf(role('—'), role('—'))).toBeUndefined()
  expect([...wordsOf('The Head of (m/f/d)')]).toEqual(['head'])
})
