import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureBrowsers } from './browsers.ts'
import { verifyAll } from './checks/all.ts'
import { root } from './checks/check.ts'
import { type Count, countPlaywright, countVitest } from './count-results.ts'
import { buildIfChanged } from './start/build.ts'

// Everything that can be tested, going on through failures. The last line is the sum of what the runners themselves counted.

const results = path.join(root, 'test-results')
mkdirSync(results, { recursive: true })
const say = (line: string) => process.stdout.write(`${line}\n`)

ensureBrowsers()
const counts: Count[] = []
say('\n── checks')
counts.push(await verifyAll())
say(
  '\n── units and verbs, on PostgreSQL; meanwhile the production build, then npm start and its refusals as real processes',
)
const [units, [pages, starts]] = await Promise.all([runVitest('units'), buildAndStart()])
counts.push(units, pages, starts)
say('\n── in browsers')
counts.push(await runPlaywright())

const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0)
say(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)

// Real processes wait for one another most of the time: nobody has to wait for them.
async function buildAndStart(): Promise<[Count, Count]> {
  return [await buildPages(), await runVitest('start')]
}

async function buildPages(): Promise<Count> {
  try {
    await buildIfChanged(root)
    say('✓ the production build')
    return { passed: 1, failed: 0 }
  } catch (error) {
    say(`✗ the production build\n${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  }
}

async function runVitest(project: string): Promise<Count> {
  const file = path.join(results, `${project}.json`)
  rmSync(file, { force: true })
  const code = await runTool('vitest/vitest.mjs', [
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ])
  return countVitest(file, code)
}

async function runPlaywright(): Promise<Count> {
  const file = path.join(results, 'e2e.json')
  rmSync(file, { force: true })
  return countPlaywright(
    file,
    await runTool('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts']),
  )
}

function runTool(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal) say(`✗ ${script} was ended by ${signal} before it was done`)
      resolve(code ?? 1)
    })
  })
}
