import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import { ConnectionBadges } from './badges.tsx'

const say = createSay('en', 'UTC')
const connection = {
  connector: 'workable',
  environment: 'live',
  status: 'active',
  way: 'oauth',
  health: 'healthy',
  healthReason: null,
  healthSince: new Date(0),
  refreshProblem: null,
} as const

const badges = (wish: Partial<Parameters<typeof ConnectionBadges>[0]['connection']>) =>
  renderToStaticMarkup(
    <ConnectionBadges say={say} connection={{ ...connection, ...wish }} now={new Date(0)} />,
  )

test('a sign-in that was refused since the last check is not called healthy, before it is known for certain either', () => {
  expect(badges({})).toContain('Healthy')
  expect(badges({ refreshProblem: 'unclear' })).toContain('Healthy')
  const refused = badges({ refreshProblem: 'grant_refused' })
  expect(refused).toContain('Degraded: Workable refused the sign-in')
  expect(refused).not.toContain('Healthy')
  expect(badges({ refreshProblem: 'grant_refused', status: 'needs_reauth' })).toContain('Needs sign-in')
})
