import { expect, test } from '../fixtures.ts'
import { password, unique } from '../team.ts'
import { ask } from './ask.ts'

// The defence: `countSignIn`, by the peer's address that the door found, never by one that is claimed.
test('A-113 the eleventh guess is refused with the time to wait, whatever address it claims to come from', async ({
  request,
  stack,
  product,
}) => {
  const team = await product.newTeam({ password, samples: false })
  const { email } = team.people.viewer
  const statuses: number[] = []
  for (let guess = 1; guess <= 12; guess += 1) {
    const headers = { 'x-forwarded-for': `203.0.113.${guess}`, forwarded: `for=203.0.113.${guess}` }
    const fields = { email, password: `guess number ${guess} of a stranger` }
    const response = await ask(request, stack, 'POST', '/sign-in/enter', { fields, headers })
    statuses.push(response.status())
    if (response.status() === 429) expect(Number(response.headers()['retry-after'])).toBeGreaterThan(600)
  }
  expect(statuses).toEqual([...Array(10).fill(303), 429, 429])
  const right = await ask(request, stack, 'POST', '/sign-in/enter', { fields: { email, password } })
  expect(right.status(), 'the right one has to wait as well').toBe(429)
})

// The defence: `checkPassword` has one refusal for both.
test('A-114 an address that is here and one that is not get the same answer', async ({
  request,
  stack,
  product,
}) => {
  const team = await product.newTeam({ password, samples: false })
  const answers = []
  for (const email of [team.people.admin.email, `nobody-${unique()}@example.com`]) {
    const fields = { email, password: 'not the password of anybody' }
    const response = await ask(request, stack, 'POST', '/sign-in/enter', { fields })
    const { location = '' } = response.headers()
    answers.push([response.status(), location.replace(/form=[\w-]+/, 'form=')])
  }
  expect(answers[0]).toEqual(answers[1])
})

// The defence: `living` in `find-session.ts`: a session is a row, asked for at each request.
test('A-110 after sign-out the old cookie opens nothing', async ({ request, stack, product }) => {
  const team = await product.newTeam({ samples: false })
  const as = team.people.recruiter
  const home = `/w/${team.slug}/positions`
  expect((await ask(request, stack, 'GET', home, { as })).status()).toBe(200)
  const left = await ask(request, stack, 'POST', '/sign-out', { as })
  expect(left.status()).toBe(303)
  expect(left.headers()['set-cookie']).toContain('__Host-gangway-session=;')
  expect((await ask(request, stack, 'GET', home, { as })).headers().location).toContain('/sign-in')
})
