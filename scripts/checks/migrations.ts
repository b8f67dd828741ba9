import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Check, root, runTool } from './check.ts'

/** What the schema would still need as a migration, by asking for it on a copy. */
export const migrations: Check = {
  name: 'the migrations are those of the schema',
  run: async () => {
    const cache = path.join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    const copy = mkdtempSync(path.join(cache, 'gangway-migrations-'))
    try {
      cpSync(path.join(root, 'drizzle/meta'), path.join(copy, 'meta'), { recursive: true })
      const before = readdirSync(copy).length
      const out = path.relative(root, copy)
      const args = [
        'generate',
        '--dialect',
        'postgresql',
        '--schema',
        './lib/db/schema/index.ts',
        '--out',
        out,
      ]
      const failed = await runTool('drizzle-kit/bin.cjs', args)
      if (failed.length > 0) return failed
      return readdirSync(copy).length > before ? ['the schema has changed since the last migration'] : []
    } finally {
      rmSync(copy, { recursive: true })
    }
  },
}
