import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { root } from './checks/check.ts'

/** Where the system's browsers are; undefined where there is none, and Playwright takes its own. */
export type Browsers = { chromium: string | undefined; firefox: string | undefined }

// The headless shell is Chromium without the desktop around it: what Playwright itself takes, at half the work.
const shell = 'chromium-headless-shell'

export const findBrowsers = (): Browsers => ({
  chromium: findProgram([shell, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']),
  firefox: findProgram(['firefox-esr', 'firefox']),
})

/** Makes sure that there are two browsers: the system's, else Debian's packages, else Playwright's own. */
export function ensureBrowsers(): void {
  const wanted = missing()
  // Nobody's machine but CI's is given a second Chromium for the sake of speed.
  const packages = process.env.CI && !findProgram([shell]) ? [...new Set([shell, ...wanted])] : wanted
  if (packages.length > 0 && process.getuid?.() === 0 && findProgram(['apt-get'])) install(packages)
  const left = missing()
  if (left.length === 0) return
  say('Installing browsers with Playwright …')
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js')
  run(process.execPath, [cli, 'install', ...left.map(name => (name === shell ? 'chromium' : 'firefox'))])
}

function install(packages: readonly string[]): void {
  say(`Installing ${packages.join(' and ')} …`)
  run('apt-get', ['update', '-qq'])
  const options = ['-y', '-qq', '--no-install-recommends']
  run('apt-get', ['install', ...options, ...packages], { DEBIAN_FRONTEND: 'noninteractive' })
}

/** Debian's packages of the browsers that are not there. */
function missing(): string[] {
  const { chromium, firefox } = findBrowsers()
  return [...(chromium ? [] : [shell]), ...(firefox ? [] : ['firefox-esr'])]
}

function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin')
  return names.flatMap(name => folders.map(folder => path.join(folder, name))).find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const run = (command: string, args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })

const say = (line: string) => process.stdout.write(`${line}\n`)
