import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { root } from './checks/check.ts'

/** Where the system's browsers are; undefined where there is none, and Playwright takes its own. */
export type Browsers = { chromium: string | undefined; firefox: string | undefined }

export const findBrowsers = (): Browsers => ({
  chromium: findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']),
  firefox: findProgram(['firefox-esr', 'firefox']),
})

/** Makes sure that there are two browsers: the system's, else Debian's packages, else Playwright's own. */
export function ensureBrowsers(): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && findProgram(['apt-get'])) {
    say(`Installing ${missing.join(' and ')} …`)
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      DEBIAN_FRONTEND: 'noninteractive',
    })
    if (missingPackages().length === 0) return
  }
  say('Installing browsers with Playwright …')
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js')
  run(process.execPath, [
    cli,
    'install',
    ...missing.map(name => (name === 'chromium' ? 'chromium' : 'firefox')),
  ])
}

function missingPackages(): string[] {
  const { chromium, firefox } = findBrowsers()
  return [...(chromium ? [] : ['chromium']), ...(firefox ? [] : ['firefox-esr'])]
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
