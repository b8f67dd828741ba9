import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createSay } from '../../lib/intl.ts'
import { type Check, filesBelow, root } from './check.ts'

// Keys that stand whole in the code; those put together from parts are the tests' to find.
const literal = /\b(?:say|key:)\(?\s*'([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)'/g

/** Every sentence that the code asks for by its whole key is in the message files. */
export const messageKeys: Check = {
  name: 'message keys used in the code exist',
  run: () => {
    const say = createSay('en', 'UTC')
    return filesBelow(['app', 'components', 'lib'], /\.tsx?$/)
      .filter(file => !/\.test\.|^lib\/sandbox\//.test(file))
      .flatMap(file =>
        [...readFileSync(path.join(root, file), 'utf8').matchAll(literal)]
          .map(found => String(found[1]))
          .filter(key => !say.has(key))
          .map(key => `${file}: ${key}`),
      )
  },
}
