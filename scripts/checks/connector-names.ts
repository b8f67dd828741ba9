import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Check, filesBelow, root } from './check.ts'

// The pictures of a guide show what they are about.
const elsewhere = /^lib\/(connectors\/[^/]+\/|sandbox\/)|\.test\.tsx?$|testing|^components\/illustrations\//
// Each of these lists what there is, or what people type; the bundled sandbox's own host name is an address, not knowledge of an ATS.
const lists: Record<string, RegExp> = {
  'lib/crypto/common-passwords.ts': /.*/,
  'lib/connectors/registry.ts': /.*/,
  'lib/intl.ts': /messages|^ {4}workable,$/,
  'lib/env.ts': /workable\.localhost/,
}

/** The core never says an ATS's name: what is peculiar to one lies in its folder. Comments may give examples. */
export const connectorNames: Check = {
  name: "no connector's name in the core",
  run: () => {
    const folders = readdirSync(path.join(root, 'lib/connectors'), { withFileTypes: true })
    const names = folders.filter(entry => entry.isDirectory()).map(entry => entry.name)
    const pattern = new RegExp(names.join('|'), 'i')
    return filesBelow(['app', 'components', 'lib'], /\.tsx?$/)
      .filter(file => !elsewhere.test(file))
      .flatMap(file =>
        withoutComments(readFileSync(path.join(root, file), 'utf8'))
          .split('\n')
          .flatMap((line, at) =>
            pattern.test(line) && !lists[file]?.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
          ),
      )
  },
}

// Lines keep their numbers.
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '')
