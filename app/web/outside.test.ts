import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const sourcesBelow = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /(?<!\.test)\.(ts|tsx|mjs)$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))

// Taken out with: a dependency, a route or an import that tells somebody else what happens in here.
test('A-095: nothing here reports to anybody outside, dumps its memory or answers with its environment', () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const reporters =
    /sentry|opentelemetry|datadog|dd-trace|newrelic|posthog|segment|mixpanel|analytics|bugsnag|rollbar/
  expect(Object.keys(dependencies).filter(name => reporters.test(name))).toEqual([])
  const build = readFileSync(path.join(root, 'scripts/start/build.ts'), 'utf8')
  expect(build).toContain("NEXT_TELEMETRY_DISABLED: '1'")
  const sources = ['app', 'components', 'lib'].flatMap(sourcesBelow)
  expect(sources.length).toBeGreaterThan(200)
  const telling =
    /writeHeapSnapshot|node:inspector|node:v8|process\.report|sendBeacon|EventSource|new WebSocket/
  for (const file of [...sources, path.join(root, 'server.ts'), path.join(root, 'worker.ts')])
    expect(telling.test(readFileSync(file, 'utf8')), file).toBe(false)
  for (const file of sourcesBelow('app'))
    expect(/process\.env|\benv\(\)/.test(readFileSync(file, 'utf8')), file).toBe(false)
})
