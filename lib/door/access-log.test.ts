import { expect, test } from 'vitest'
import { speakablePath } from './access-log.ts'

test('codes, states and one-time links never reach the log (A-037)', () => {
  expect(speakablePath('/api/oauth/1/callback?code=CNRY1&state=CNRY2')).toBe('/api/oauth/1/callback')
  expect(speakablePath('/set-up/gws_oPUXfI9um483eJuRMXFKzXHSi01dTTtn3abUh0xIyU4_35d76f')).toBe('/set-up/[…]')
})

test('a path tells which row it was about', () => {
  const path = '/link/7f2c1d3e-8a4b-4c5d-9e6f-0a1b2c3d4e5f/check'
  expect(speakablePath(path)).toBe(path)
})
