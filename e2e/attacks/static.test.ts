import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../fixtures.ts'

const root = path.resolve(import.meta.dirname, '../..')

const sources = ['app', 'components', 'public'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(tsx?|m?js|html|svg)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map(file => path.join(folder, file)),
)

const having = (pattern: RegExp): string[] =>
  sources.filter(file => pattern.test(readFileSync(path.join(root, file), 'utf8')))

/** The window of a sign-in tells the wizard that it is back; neither believes a word: the server is asked. */
const [waits, returns] = ['components/wizard/sign-in-window.tsx', 'app/link/sign-in-back.ts']

// The defence is this test: whoever needs messages between windows has to come here and name the one origin.
test('A-085 the window of a sign-in alone posts messages, to our own origin, and hears none of another', () => {
  expect(sources.length).toBeGreaterThan(100)
  const both = [returns, waits].sort()
  expect(having(/postMessage\s*\(/).sort()).toEqual(both)
  expect(having(/addEventListener\(\s*['"]message['"]|\bonmessage\b/).sort()).toEqual(both)
  const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
  const posted = [returns, waits].flatMap(file => textOf(file).match(/\b\w+\.postMessage\(.*\)/g) ?? [])
  const toWindows = posted.filter(call => !call.startsWith('channel.'))
  expect(toWindows).toEqual(['opener.postMessage({ session }, location.origin)'])
  expect(textOf(waits)).toContain("addEventListener('message', event => event.origin === location.origin &&")
})

// The defence is this test, and what a frame would need of `pagePolicy`: pages of an ATS open in a tab of their own.
test('A-077 no page of ours frames anything, so no page of an ATS either', () => {
  expect(having(/<i?frame\b|<object\b|<embed\b/)).toEqual([])
})

// The defence is this test: React's own escaping is all that a page needs.
test('A-117 nothing puts a text into a page as markup, and no script is made from a text', () => {
  expect(
    having(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/),
  ).toEqual([])
})

// The defence: `rel="noopener"` in `guide-panel.tsx` and wherever else a tab is opened.
test('A-089 whatever opens in another tab has no way back to its opener', () => {
  const open = sources.flatMap(file => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return [...text.matchAll(/target="_blank"/g)]
      .filter(({ index }) => !/rel="noopener/.test(text.slice(Math.max(0, index - 200), index + 200)))
      .map(() => file)
  })
  expect(open).toEqual([])
  expect(having(/window\.open\(/)).toEqual([])
})
