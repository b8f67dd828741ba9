// Runs under whatever Node npm was started with. The program itself needs one that strips types (22.18 or newer): the
// system's, or the one that the lock file brings along.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [major, minor] = process.versions.node.split('.').map(Number)
const platform = process.platform === 'win32' ? 'win' : process.platform
const binary = process.platform === 'win32' ? 'node.exe' : 'node'
const brought = path.join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary)
const isRecent = major > 22 || (major === 22 && minor >= 18)

if (!existsSync(path.join(root, 'node_modules', 'drizzle-orm')) || !(isRecent || existsSync(brought))) {
  process.stderr.write('Run "npm start" once first: it installs what this command needs.\n')
  process.exit(1)
}
const program = path.join(root, 'scripts', 'keys.ts')
const { status } = spawnSync(isRecent ? process.execPath : brought, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
