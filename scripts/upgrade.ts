import path from 'node:path'
import { migrateDatabase } from '../lib/db/migrate.ts'
import { installQueue } from '../lib/queue/install.ts'
import { runCommand } from './backup/command.ts'
import { buildIfChanged } from './start/build.ts'
import { readOwnSettings } from './start/own-settings.ts'
import { CannotStart, step } from './start/say.ts'

/** `npm run upgrade`: the pages of this version and the schema that it needs, for processes that are started one by one. Starts none. */
const root = path.dirname(import.meta.dirname)

async function run(): Promise<number> {
  const { ownDatabase } = await readOwnSettings(root)
  const url = process.env.DATABASE_URL
  if (ownDatabase || !url)
    throw new CannotStart('DATABASE_URL is not set: npm start does all of this itself.', 78)
  const made = (isNew: boolean) => (isNew ? 'Pages built' : 'Pages unchanged')
  await step('Pages built', () => buildIfChanged(root), made)
  await step('Database migrated', async () => {
    await migrateDatabase(url, path.join(root, 'drizzle'))
    await installQueue(url)
  })
  return 0
}

await runCommand(run, async () => {})
