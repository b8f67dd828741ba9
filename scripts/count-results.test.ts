import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countPlaywright, countVitest } from './count-results.ts'

function report(content: unknown): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gangway-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitest = (numPassedTests: number, numFailedTests: number, testResults: unknown[] = []) =>
  report({ numPassedTests, numFailedTests, testResults })

test('what a runner counted is what is counted', () => {
  expect(countVitest(vitest(7, 0), 0)).toEqual({ passed: 7, failed: 0 })
  expect(countVitest(vitest(7, 2), 1)).toEqual({ passed: 7, failed: 2 })
})

test('a file that could not be read counts as a failure', () => {
  const unread = { status: 'failed', assertionResults: [] }
  expect(countVitest(vitest(7, 0, [unread]), 1)).toEqual({ passed: 7, failed: 1 })
})

test('a runner that ends badly without saying why counts as a failure', () => {
  expect(countVitest(vitest(7, 0), 1)).toEqual({ passed: 7, failed: 1 })
  expect(countVitest('/no/such/report', 0)).toEqual({ passed: 0, failed: 1 })
})

test('what was skipped did not pass; what passed at the second try did', () => {
  const file = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 } })
  expect(countPlaywright(file, 1)).toEqual({ passed: 6, failed: 2 })
})
