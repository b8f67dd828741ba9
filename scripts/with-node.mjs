// Runs under whatever Node the system has (18 or newer), so: plain JavaScript, no dependency.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
// undici 8 needs 22.19; type stripping is on by itself since 22.18.
const leastNode = [22, 19]

/** Installs what is missing, then runs a script under a Node that is new enough; this process ends as it ends. */
export async function runWithNode(script) {
  process.chdir(root)
  const started = Date.now()
  if (!isInstalled()) install()
  process.env.GANGWAY_INSTALL_MS = String(Date.now() - started)
  const file = path.join(root, script)
  if (isNewEnough()) {
    await import(pathToFileURL(file).href)
    return
  }
  const node = broughtAlong()
  if (!existsSync(node)) {
    const system = `${process.platform} ${process.arch}`
    fail(
      `Node ${process.versions.node} is too old, and there is none to bring along for ${system}. Install Node 24.`,
    )
  }
  const child = spawn(node, [file, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches the child by itself; others are handed on. Either way the child ends first.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])
}

function broughtAlong() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const bin = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return path.join(root, 'node_modules', `node-${system}-${process.arch}`, bin)
}

// npm notes what it installed; what is optional may be missing, since it is for other systems.
function isInstalled() {
  const note = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = Object.entries(read('package-lock.json').packages).filter(([place]) => place !== '')
  const there = read('node_modules/.package-lock.json').packages
  return wanted.every(([place, { version, optional, peer }]) =>
    there[place] ? there[place].version === version : optional === true || peer === true,
  )
}

function read(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'))
}

function install() {
  process.stdout.write('Installing packages (npm ci) …\n')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) fail('npm ci failed; what it says is above.')
}

function fail(reason) {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}
