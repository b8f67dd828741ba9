import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Check, filesBelow, root } from './check.ts'

const documents = ['README.md', 'CONTRIBUTING.md', 'DECISIONS.md', 'SECURITY.md']
const topLevel = /^(app|components|docs|drizzle|e2e|lib|messages|public|scripts|\.ci)\//
const looksLikeFile = /^[\w.@()[\]-]+(\/[\w.@()[\]-]+)*\.(ts|tsx|mjs|md|sql|png)$/

/** Every path that a document names leads somewhere. */
export const documentedPaths: Check = {
  name: 'every path named in a document exists',
  run: () => {
    const pages = filesBelow(['docs'], /\.md$/)
    const readmes = filesBelow(
      ['lib', 'components', 'e2e'].filter(place => existsSync(path.join(root, place))),
      /README\.md$/,
    )
    const there = documents.filter(name => existsSync(path.join(root, name)))
    return [...there, ...pages, ...readmes].flatMap(missingIn)
  },
}

function missingIn(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8').replace(/```[\s\S]*?```/g, '')
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(found => found[1] ?? '')
  const linked = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(found => found[1] ?? '')
  const named = [...quoted, ...linked.filter(target => !/^[a-z]+:/.test(target))].map(name =>
    name.replace(/:\d+$/, ''),
  )
  return named
    .filter(name => !/[<*…{}\s]/.test(name) && (topLevel.test(name) || looksLikeFile.test(name)))
    .filter(name => !isThere(name, path.dirname(document)))
    .map(name => `${document} names ${name}, which is not there`)
}

// A name without a folder may be anywhere below the document that names it.
function isThere(name: string, folder: string): boolean {
  if ([root, path.join(root, folder)].some(from => existsSync(path.join(from, name)))) return true
  if (name.includes('/') || folder === '.') return false
  return filesBelow([folder], /\.(ts|tsx|mjs|md)$/).some(file => path.basename(file) === name)
}
