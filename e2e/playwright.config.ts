import path from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { findBrowsers } from '../scripts/browsers.ts'
import { choosePort } from '../scripts/start/ports.ts'
import type { Options } from './fixtures.ts'

// Workers read this file again: they must come to the same port.
const anyPort = { host: '127.0.0.1', mayMove: true, variable: 'PORT' }
process.env.GANGWAY_E2E_PORT ??= String(await choosePort(20_000 + (process.pid % 20_000), anyPort))
const port = process.env.GANGWAY_E2E_PORT
const root = path.resolve(import.meta.dirname, '..')

const { chromium, firefox } = findBrowsers()
const inChromium = {
  ...devices['Desktop Chrome'],
  launchOptions: chromium ? { executablePath: chromium } : {},
}
const inFirefox = {
  ...devices['Desktop Firefox'],
  // Debian's Firefox is not Playwright's build: it is driven by the protocol that both have.
  ...(firefox ? { channel: 'moz-firefox', launchOptions: { executablePath: firefox } } : {}),
}

// The set-up address works once, and nothing else can be before it.
const firstRun = '**/first-run.test.ts'
// It searches for what all the others have used.
const afterAll = '**/leaks.test.ts'
// It takes the database away from everybody.
const alone = '**/outage.test.ts'
const noScripts = ['chromium without JavaScript', 'firefox without JavaScript']

export default defineConfig<Options>({
  testDir: '.',
  testMatch: '**/*.test.ts',
  outputDir: path.join(root, 'test-results/e2e'),
  workers: 2,
  // A browser on a busy machine may stumble once; a product that is broken fails twice.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: path.join(root, 'test-results/e2e.json') }]],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    trace: 'on-first-retry',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
  },
  // Firefox under Playwright ignores `javaScriptEnabled: false`: there, scripts are kept from arriving (see fixtures.ts).
  projects: [
    { name: 'first run', use: inChromium, testMatch: firstRun },
    {
      name: 'chromium',
      use: inChromium,
      testIgnore: [firstRun, afterAll, alone],
      dependencies: ['first run'],
    },
    { name: 'firefox', use: inFirefox, grep: /@firefox/, dependencies: ['first run'] },
    {
      name: 'chromium without JavaScript',
      use: { ...inChromium, javaScriptEnabled: false, scripts: 'off' },
      grep: /@no-js/,
      dependencies: ['first run'],
    },
    {
      name: 'firefox without JavaScript',
      use: { ...inFirefox, scripts: 'off' },
      // Forms without scripts are the server's doing, which Chromium holds for all of them: here, both ways of connecting.
      testMatch: ['**/walk/new-user.test.ts', '**/sign-in-with.test.ts'],
      grep: /@no-js/,
      dependencies: ['first run'],
    },
    {
      name: 'leaks',
      use: inChromium,
      testMatch: afterAll,
      dependencies: ['chromium', 'firefox', ...noScripts],
    },
    { name: 'alone', use: inChromium, testMatch: alone, dependencies: ['leaks'] },
    ...(process.env.PICTURES
      ? [{ name: 'pictures', use: inChromium, testMatch: '**/pictures.make.ts', dependencies: ['first run'] }]
      : []),
  ],
  webServer: {
    command: `"${process.execPath}" "${path.join(root, 'scripts/e2e-server.ts')}"`,
    url: `http://localhost:${port}/api/health/ready`,
    env: { PORT: port, GANGWAY_WANTED_BY: String(process.pid) },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 8_000 },
  },
})
