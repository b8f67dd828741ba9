import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ensureBrowsers } from './browsers.ts'
import { verifyAll } from './checks/all.ts'
import { root } from './checks/check.ts'
import { buildIfChanged } from './start/build.ts'

// Everything that can be tested, going on through failures. The last line is the sum of what the runners themselves counted.

type Count = { passed: number; failed: number }

const results = path.join(root, 'test-results')
mkdirSync(results, { recursive: true })
const say = (line: string) => process.stdout.write(`${line}\n`)

ensureBrowsers()
const counts: Count[] = []
say('\n── checks')
counts.push(await verifyAll())
say('\n── units and verbs, on PostgreSQL, while the pages are built')
const [units, pages] = await Promise.all([runVitest('units'), buildPages()])
counts.push(units, pages)
say('\n── npm start and its refusals, as real processes')
counts.push(await runVitest('start'))
say('\n── in browsers')
counts.push(await runPlaywright())

const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0)
say(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)

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

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

function countVitest(file: string, code: number): Count {
  const report = vitestReport.safeParse(readJson(file))
  if (!report.success) return { passed: 0, failed: 1 }
  const { numPassedTests: passed, numFailedTests, testResults } = report.data
  // A file that could not be read has no tests to count, and is a failure all the same.
  const unread = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return honest({ passed, failed: numFailedTests + unread.length }, code)
}

async function runPlaywright(): Promise<Count> {
  const file = path.join(results, 'e2e.json')
  rmSync(file, { force: true })
  const code = await runTool('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts'])
  const report = z
    .object({
      stats: z.object({
        expected: z.number(),
        unexpected: z.number(),
        flaky: z.number(),
        skipped: z.number(),
      }),
    })
    .safeParse(readJson(file))
  if (!report.success) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = report.data.stats
  return honest({ passed: expected, failed: unexpected + flaky + skipped }, code)
}

// A runner that ends badly without naming a test has failed in a way that nobody counted.
const honest = (count: Count, code: number): Count =>
  code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count

function runTool(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
