import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

// Until the first release there is one clean first migration: after a change of the schema, run
// `node scripts/remake-migrations.ts`. From the release on, migrations are only added (`drizzle-kit generate`).

const folder = path.resolve(import.meta.dirname, '../drizzle')
const triggers = path.join(folder, '0001_append_only_events.sql')
const kept = readFileSync(triggers, 'utf8')

for (const name of readdirSync(folder)) {
  if (name.endsWith('.sql') || name === 'meta') rmSync(path.join(folder, name), { recursive: true })
}
generate('--name', 'foundation')
generate('--custom', '--name', 'append_only_events')
writeFileSync(triggers, kept)

function generate(...words: string[]): void {
  const kit = path.resolve(folder, '../node_modules/drizzle-kit/bin.cjs')
  const { status } = spawnSync(
    process.execPath,
    [kit, 'generate', '--config', 'drizzle/drizzle.config.ts', ...words],
    { cwd: path.dirname(folder), stdio: 'inherit' },
  )
  if (status !== 0) process.exit(1)
}
