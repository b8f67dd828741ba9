import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

/** Something that must hold. `run` gives what does not, a line each; none is a pass. */
export type Check = { name: string; run: () => Promise<string[]> | string[] }

/** The project's directory. */
export const root = path.resolve(import.meta.dirname, '../..')

/** All files below these folders (or the files themselves) with one of the endings, relative to the project. */
export function filesBelow(places: readonly string[], endings: RegExp): string[] {
  return places.flatMap(place => {
    if (endings.test(place)) return [place]
    return readdirSync(path.join(root, place), { withFileTypes: true, recursive: true })
      .filter(entry => entry.isFile() && endings.test(entry.name))
      .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
  })
}

/** Runs a tool of `node_modules` under this Node; its output when it fails, nothing when it passes. */
export function runTool(script: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += String(chunk)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code === 0 ? [] : [output.trim() || `ended with ${code}`]))
  })
}
