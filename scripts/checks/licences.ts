import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type Check, root } from './check.ts'

const allowed = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
]
  // Data, fonts, and files that are used as they are.
  .concat('CC-BY-4.0', 'OFL-1.1', 'MPL-2.0', 'Unlicense', 'Python-2.0')

// A library that is linked at run time and not shipped by us: Next's optional image tool, which is switched off.
const optional = /^node_modules\/@img\//

const lock = z.object({
  packages: z.record(z.string(), z.object({ license: z.string().optional() })),
})

/** Nothing that is installed has a licence which asks more than to be named. */
export const licences: Check = {
  name: 'licences of the dependencies',
  run: () => {
    const { packages } = lock.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')))
    return Object.entries(packages)
      .filter(([place]) => place !== '' && !optional.test(place))
      .filter(([, { license = 'none' }]) => !license.replace(/[()]/g, '').split(/ OR /).some(isAllowed))
      .map(([place, { license = 'none' }]) => `${place.replace('node_modules/', '')}: ${license}`)
  },
}

const isAllowed = (expression: string): boolean =>
  expression.split(' AND ').every(name => allowed.includes(name.trim()))
