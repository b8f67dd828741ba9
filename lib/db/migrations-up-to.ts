import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const journalShape = z.looseObject({ entries: z.array(z.looseObject({ when: z.number(), tag: z.string() })) })
const journalName = 'meta/_journal.json'

/**
 * Calls `work` with a folder that holds the migrations of `folder` up to and with the one whose `when` is `at`: drizzle itself always goes to
 * the end of a folder. The folder is gone afterwards.
 */
export async function withMigrationsUpTo<T>(
  folder: string,
  at: number,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const journal = journalShape.parse(JSON.parse(await readFile(path.join(folder, journalName), 'utf8')))
  const entries = journal.entries.filter(({ when }) => when <= at)
  const some = await mkdtemp(path.join(tmpdir(), 'gangway-migrations-'))
  try {
    for (const { tag } of entries) await cp(path.join(folder, `${tag}.sql`), path.join(some, `${tag}.sql`))
    await cp(path.join(folder, journalName), path.join(some, journalName))
    await writeFile(path.join(some, journalName), JSON.stringify({ ...journal, entries }))
    return await work(some)
  } finally {
    await rm(some, { recursive: true, force: true })
  }
}
