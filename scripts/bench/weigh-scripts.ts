import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes, gzip, of the scripts that a page loads: those its HTML names, modern browsers only. */
export function weightOf(html: string, nextDirectory: string): number {
  const named = [...html.matchAll(/<script[^>]*?src="\/_next\/([^"]+\.js)"[^>]*>/g)]
  const modern = named.filter(([tag]) => !/nomodule/i.test(tag)).map(([, file]) => file ?? '')
  return [...new Set(modern)]
    .map(file => gzipSync(readFileSync(path.join(nextDirectory, file))).length)
    .reduce((sum, bytes) => sum + bytes, 0)
}

const layout = `export default ({ children }: { children: React.ReactNode }) => <html lang="en"><body>{children}</body></html>\n`
const page = 'export default () => <p>Nothing</p>\n'

/** What a Next build with one empty page sends, in bytes of gzip: the least that any page of this framework weighs. */
export function bareWeight(root: string): number {
  const project = path.join(root, '.gangway', 'bare-next')
  rmSync(project, { recursive: true, force: true })
  mkdirSync(path.join(project, 'app'), { recursive: true })
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  writeFileSync(
    path.join(project, 'next.config.mjs'),
    `export default { typescript: { ignoreBuildErrors: true }, turbopack: { root: ${JSON.stringify(root)} } }\n`,
  )
  writeFileSync(path.join(project, 'app/layout.tsx'), layout)
  writeFileSync(path.join(project, 'app/page.tsx'), page)
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  const built = spawnSync(process.execPath, [next, 'build', project], { cwd: project, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the bare build failed:\n${built.stdout}${built.stderr}`)
  const pages = path.join(project, '.next/server/app')
  const html = readdirSync(pages).find(name => name === 'index.html')
  if (!html) throw new Error('the bare build made no page')
  const weight = weightOf(readFileSync(path.join(pages, html), 'utf8'), path.join(project, '.next'))
  rmSync(project, { recursive: true, force: true })
  return weight
}
