import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Check, filesBelow, root } from './check.ts'

/** What the layer rules in `biome.json` cannot see: globals by another name, and where a relative import ends. */
export const layers: Check = {
  name: 'layers that the linter cannot see',
  run: () => [...globalsByAnotherName(), ...sandboxAlone()],
}

const doors = /^lib\/(env|http)\.ts$|\.test\.tsx?$|testing/

function globalsByAnotherName(): string[] {
  return filesBelow(['app', 'components', 'lib', 'proxy.ts'], /\.tsx?$/)
    .filter(file => !doors.test(file) && !file.startsWith('lib/sandbox/'))
    .filter(file => /globalThis\s*(\.|\[['"`])\s*(fetch|process)\b/.test(read(file)))
    .map(file => `${file} takes fetch or process from globalThis`)
}

function sandboxAlone(): string[] {
  return filesBelow(['lib/sandbox'], /\.tsx?$/).flatMap(file =>
    [...read(file).matchAll(/from '(\.[^']+)'/g)]
      .map(found => path.normalize(path.join(path.dirname(file), String(found[1]))))
      .filter(target => !target.startsWith(`lib${path.sep}sandbox${path.sep}`))
      .map(target => `${file} imports ${target}`),
  )
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
