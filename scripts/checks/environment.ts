import { readFileSync } from 'node:fs'
import path from 'node:path'
import { variableNames } from '../../lib/env.ts'
import { type Check, root } from './check.ts'

/** The example names what the program reads, in the same order. */
export const environment: Check = {
  name: '.env.example and lib/env.ts name the same variables',
  run: () => {
    const text = readFileSync(path.join(root, '.env.example'), 'utf8')
    const named = [...text.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(found => String(found[1]))
    const read: string[] = variableNames
    return [
      ...read.filter(name => !named.includes(name)).map(name => `.env.example lacks ${name}`),
      ...named.filter(name => !read.includes(name)).map(name => `lib/env.ts does not read ${name}`),
    ]
  },
}
