import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CannotStart } from './say.ts'

const sources = ['app', 'components', 'lib', 'messages', 'public', 'drizzle/meta/_journal.json', 'proxy.ts']
const settings = ['next.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']
const stampFile = '.next/gangway-sources'

/** Builds the pages when their sources are not those of the last build. Says whether it had to. */
export async function buildIfChanged(root: string): Promise<boolean> {
  const stamp = await hashSources(root)
  const last = await readFile(path.join(root, stampFile), 'utf8').catch(() => '')
  if (last === stamp) return false
  await build(root)
  await writeFile(path.join(root, stampFile), stamp)
  return true
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.versions.node.split('.', 1)[0] ?? '')
  for (const name of [...sources, ...settings]) {
    for (const file of await filesOf(path.join(root, name))) {
      hash
        .update(path.relative(root, file))
        .update('\0')
        .update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesOf(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (!entries)
    return readFile(place).then(
      () => [place],
      () => [],
    )
  return entries
    .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()
}

function build(root: string): Promise<void> {
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)))
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => {
      process.off('exit', endWithUs)
      if (code === 0) resolve()
      else reject(new CannotStart(`The build failed.\n${output}`))
    })
  })
}
