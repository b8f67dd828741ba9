import { readdirSync } from 'node:fs'
import path from 'node:path'

const app = path.resolve(import.meta.dirname, '../../app')

/** An address of the product: `/w/[workspace]/positions/[id]`, a page or a handler, as its file says. */
export type Route = { address: string; kind: 'page' | 'handler' }

/** Every address that there is, read from the files: a new one shows up here by itself. */
export const routes: readonly Route[] = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter(file => /(^|[\\/])(page\.tsx|route\.ts)$/.test(file))
  .map(file => {
    const folders = path.dirname(file).split(path.sep)
    const shown = folders.filter(folder => folder !== '.' && !/^\(.*\)$/.test(folder))
    return {
      address: `/${shown.join('/')}`,
      kind: file.endsWith('page.tsx') ? ('page' as const) : ('handler' as const),
    }
  })
  .sort((a, b) => a.address.localeCompare(b.address))

/** Fills an address' holes. Throws for a hole that nobody fills. */
export const fill = (address: string, holes: Readonly<Record<string, string>>): string =>
  address.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const value = holes[name]
    if (value === undefined) throw new Error(`nothing for ${name} in ${address}`)
    return encodeURIComponent(value)
  })
