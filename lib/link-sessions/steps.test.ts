import { expect, test } from 'vitest'
import { connectorById } from '#lib/connectors/registry.ts'
import { allowedStep, currentStep, legsOf, type Progress, type StepId, stepBefore, stepsOf } from './steps.ts'

const fresh: Progress = {
  hasPosition: true,
  connector: undefined,
  answers: {},
  hasCandidate: false,
  connectionId: null,
  state: 'open',
}
const picked: Progress = { ...fresh, connector: connectorById('workable') }
const with_ = (progress: Partial<Progress>, answers: Progress['answers'] = {}): Progress => ({
  ...picked,
  ...progress,
  answers,
})
const agreed = { way: 'api_key', admin: 'me', permissions: 'read_write' } as const
const signing = { ...agreed, way: 'oauth' } as const
const entered = { ...agreed, fields: { subdomain: 'acme' } }

const stands: [string, Progress, StepId][] = [
  ['nothing was picked', fresh, 'ats'],
  ['an ATS was picked', picked, 'how'],
  ['a way was chosen', with_({}, { way: 'api_key' }), 'admin'],
  ['somebody else is the admin', with_({}, { way: 'api_key', admin: 'other' }), 'admin'],
  ['she is the admin', with_({}, { way: 'api_key', admin: 'me' }), 'permissions'],
  ['she agreed', with_({}, agreed), 'enter/subdomain'],
  ['the subdomain was entered', with_({}, entered), 'enter/api_key'],
  ['a key is sealed', with_({ hasCandidate: true }, entered), 'check'],
  ['the hour of the key is over', with_({ hasCandidate: false }, entered), 'enter/api_key'],
  ['there is a connection', with_({ connectionId: 'c' }, entered), 'job'],
  ['a connection that was there is used', with_({ connectionId: 'c' }, { useConnectionId: 'c' }), 'job'],
  ['the job is linked', with_({ connectionId: 'c', state: 'done' }, entered), 'done'],
  ['she agreed, and signs in', with_({}, signing), 'sign-in'],
  ['somebody has signed in', with_({ hasCandidate: true }, signing), 'account'],
  ['an account was chosen', with_({ hasCandidate: true }, { ...signing, accountId: '1' }), 'check'],
  ['the hour of a sign-in is over', with_({}, { ...signing, accountId: '1' }), 'sign-in'],
  ['a sign-in has made a connection', with_({ connectionId: 'c' }, { ...signing, accountId: '1' }), 'job'],
  ['without a position, signed in', with_({ hasPosition: false, hasCandidate: true }, signing), 'account'],
  ['without a position, she agreed', with_({ hasPosition: false }, agreed), 'enter'],
  ['without a position, connected', with_({ hasPosition: false, connectionId: 'c' }), 'numbers'],
  [
    'without a position, given a new key',
    with_({ hasPosition: false, connectionId: 'c', state: 'done' }, { mendConnectionId: 'c' }),
    'done',
  ],
  ['without a position, done', with_({ hasPosition: false, connectionId: 'c', state: 'done' }), 'done'],
]

test.each(stands)('where %s, she stands at the right screen', (_, progress, step) => {
  expect(currentStep(progress)).toBe(step)
})

test.each(stands)('where %s, no later screen is shown, and every earlier one leads on', (_, progress) => {
  const steps = stepsOf(progress)
  const current = currentStep(progress)
  for (const step of steps) {
    const shown = allowedStep(step, progress)
    expect(steps.indexOf(shown)).toBeLessThanOrEqual(steps.indexOf(current))
    if (steps.indexOf(step) > steps.indexOf(current)) expect(shown).toBe(current)
  }
  expect(allowedStep('enter/made-up', progress)).toBe(current)
})

test('Back leads one screen back, until there is a connection', () => {
  const entering = with_({ hasCandidate: true }, entered)
  expect(stepBefore('check', entering)).toBe('enter/api_key')
  expect(stepBefore('ats', fresh)).toBeUndefined()
  expect(stepBefore('job', with_({ connectionId: 'c' }, entered))).toBeUndefined()
  expect(stepBefore('job', with_({ connectionId: 'c' }, { useConnectionId: 'c' }))).toBe('ats')
})

test('the deck counts what lies behind, where she stands, and leads back to legs that are done', () => {
  const legs = legsOf('enter/api_key', with_({}, entered))
  expect(
    legs.map(({ leg, steps, done, here, firstStep }) => [leg, steps.length, done, here, firstStep]),
  ).toEqual([
    ['choose', 3, 3, undefined, 'ats'],
    ['allow', 1, 1, undefined, 'permissions'],
    ['connect', 3, 1, 2, 'enter/subdomain'],
    ['match', 2, 0, undefined, undefined],
  ])
})

test.each([
  ['for a position', true, 2],
  ['without one', false, 4],
])(
  'by signing in the deck has as many steps after the account is chosen as before, %s',
  (_, hasPosition, steps) => {
    const connectAt = (step: StepId, answers: object, wish: Partial<Progress> = {}) => {
      const progress = with_({ hasPosition, hasCandidate: true, ...wish }, { ...signing, ...answers })
      const connect = legsOf(step, progress).find(({ leg }) => leg === 'connect')
      return [connect?.done, connect?.here, connect?.steps.length]
    }
    const chosen = { accountId: '1' }
    expect(connectAt('sign-in', {})).toEqual([0, 1, steps])
    expect(connectAt('account', {})).toEqual([1, 2, steps])
    // What the doctor has to say of the account is said on the account's step.
    expect(connectAt('check', chosen)).toEqual([1, 2, steps])
    const next = hasPosition ? ([2, undefined, steps] as const) : ([2, 3, steps] as const)
    expect(connectAt(hasPosition ? 'job' : 'numbers', chosen, { connectionId: 'c' })).toEqual(next)
  },
)

test('New authentication has its numbers at the end of Connect; a new key for a connection that is there has none', () => {
  const connected = with_({ hasPosition: false, connectionId: 'c' }, agreed)
  expect(legsOf('numbers', connected).map(({ leg, steps, here }) => [leg, steps, here])).toEqual([
    ['choose', ['how', 'admin'], undefined],
    ['allow', ['permissions'], undefined],
    ['connect', ['enter', 'check', 'numbers', 'done'], 3],
  ])
  expect(stepBefore('numbers', connected)).toBeUndefined()
  const mending = with_({ hasPosition: false }, { ...agreed, mendConnectionId: 'c' })
  expect(stepsOf(mending)).not.toContain('numbers')
  expect(stepsOf(with_({}, agreed))).not.toContain('numbers')
})
