import { attacks } from './attacks.ts'
import type { Check } from './check.ts'
import { connectorNames } from './connector-names.ts'
import { documentedPaths } from './documents.ts'
import { environment } from './environment.ts'
import { layers } from './layers.ts'
import { licences } from './licences.ts'
import { messageKeys } from './messages.ts'
import { migrations } from './migrations.ts'
import { formatAndLint, types, unused } from './tools.ts'

const checks: Check[] = [
  formatAndLint,
  layers,
  types,
  unused,
  migrations,
  documentedPaths,
  environment,
  connectorNames,
  licences,
  messageKeys,
  attacks,
]

/** Runs every check that needs no browser and no database, prints each, and counts. */
export async function verifyAll(): Promise<{ passed: number; failed: number }> {
  const results = await Promise.all(checks.map(runCheck))
  const failed = results.filter(passed => !passed).length
  return { passed: results.length - failed, failed }
}

async function runCheck({ name, run }: Check): Promise<boolean> {
  const started = performance.now()
  const findings = await Promise.resolve()
    .then(run)
    .catch(error => [error instanceof Error ? String(error.stack) : String(error)])
  const took = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${findings.length === 0 ? '✓' : '✗'} ${name.padEnd(60)} ${took} s\n`)
  for (const finding of findings) process.stdout.write(`${finding.replace(/^/gm, '    ')}\n`)
  return findings.length === 0
}
