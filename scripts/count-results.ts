import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What one runner counted. */
export type Count = { passed: number; failed: number }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** The sums of vitest's JSON report in `file`, when it ended with `code`. */
export function countVitest(file: string, code: number): Count {
  const report = vitestReport.safeParse(readJson(file))
  if (!report.success) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = report.data
  // A file that could not be read has no tests to count, and is a failure all the same.
  const unread = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return honest({ passed: numPassedTests, failed: numFailedTests + unread.length }, code)
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/**
 * The sums of Playwright's JSON report in `file`, when it ended with `code`. What passed at its second try has passed, and the
 * runner names it; what was skipped has not.
 */
export function countPlaywright(file: string, code: number): Count {
  const report = playwrightReport.safeParse(readJson(file))
  if (!report.success) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = report.data.stats
  return honest({ passed: expected + flaky, failed: unexpected + skipped }, code)
}

// A runner that ends badly without naming a test has failed in a way that nobody counted.
const honest = (count: Count, code: number): Count =>
  code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
