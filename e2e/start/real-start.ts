import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../../scripts/postgres/processes.ts'

export const root = path.resolve(import.meta.dirname, '../..')

const made = ['node_modules', '.next', '.gangway', '.git', '.env', 'test-results']

/** The project as it is cloned, in a directory of its own, with the packages that are installed here. */
export function freshCopy(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'gangway-fresh-'))
  cpSync(root, copy, { recursive: true, filter: file => !made.includes(path.relative(root, file)) })
  linkPackages(copy)
  return copy
}

// Packages are not changed by running: links to the same files do, where the two are on one disk.
function linkPackages(copy: string): void {
  const [from, to] = [path.join(root, 'node_modules'), path.join(copy, 'node_modules')]
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' })
  } catch {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  }
}

/** Removes a copy and the database that it keeps elsewhere. */
export function removeCopy(copy: string): void {
  const note = path.join(copy, '.gangway/database.json')
  if (existsSync(note))
    rmSync(JSON.parse(readFileSync(note, 'utf8')).directory, { recursive: true, force: true })
  rmSync(copy, { recursive: true, force: true })
}

export type RealProcess = {
  pid: number
  output: () => string
  /** Resolves when the output has it; fails when the process ends first. */
  says: (what: RegExp, patienceMs?: number) => Promise<RegExpMatchArray>
  /** The exit code, once it has ended. */
  ended: Promise<number | null>
  /** To the whole group, as a terminal does. */
  signal: (name: NodeJS.Signals) => void
}

// What this run was started with is not what a person's terminal has: no NODE_ENV, for one.
const plainEnvironment = (): NodeJS.Dict<string> => ({ PATH: process.env.PATH, HOME: process.env.HOME })

/** `npm start` as a person types it. */
export const npmStart = (cwd: string, env: Record<string, string> = {}, args: string[] = []): RealProcess =>
  run('npm', ['start', ...(args.length > 0 ? ['--', ...args] : [])], cwd, env)

/** Another of npm's scripts, as a person types it. */
export const npmRun = (
  cwd: string,
  script: string,
  args: string[],
  env: Record<string, string> = {},
): RealProcess => run('npm', ['run', script, '--', ...args], cwd, env)

/** One of the program's processes by itself, as an operator starts it. */
export const runScript = (script: string, env: Record<string, string>): RealProcess =>
  run(process.execPath, [path.join(root, script)], root, env)

function run(command: string, args: string[], cwd: string, env: Record<string, string>): RealProcess {
  const child = spawn(command, args, {
    cwd,
    env: { ...plainEnvironment(), ...env } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += String(chunk)
    })
  }
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  let over = false
  void ended.then(() => {
    over = true
  })
  const pid = child.pid ?? 0
  async function says(what: RegExp, patienceMs = 400_000): Promise<RegExpMatchArray> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50)) {
      const found = what.exec(output)
      if (found) return found
      if (over) break
    }
    throw new Error(`It never said ${what}. It said:\n${output}`)
  }
  const signal = (name: NodeJS.Signals) => {
    if (!over) process.kill(-pid, name)
  }
  return { pid, output: () => output, says, ended, signal }
}

/** Waits until none of these processes is there. */
export async function gone(pids: readonly number[], patienceMs: number): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(20)) {
    if (!pids.some(isAlive)) return true
  }
  return false
}

/** Asks for a page; status 0 where nobody answers. */
export function ask(
  address: string,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise(resolve => {
    const nobody = { status: 0, headers: {}, body: '' }
    const request = get(address, { agent: false, timeout: 10_000 }, response => {
      let body = ''
      response.on('data', chunk => {
        body += String(chunk)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      response.on('error', () => resolve(nobody))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(nobody))
  })
}
