import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Deck } from './deck.tsx'

const here = { name: 'Warehouse lead', sub: 'Larkfield' }
const there = { name: 'Workable', sub: 'not yet connected' }

function deckAt(connect: { done: number; spoken: string }) {
  return renderToStaticMarkup(
    <Deck
      label="Progress"
      here={here}
      there={there}
      now="Connect, step 2 of 3"
      legs={[
        { word: 'Choose', steps: 3, done: 3, href: '/link/1/ats', spoken: ', done, go back' },
        { word: 'Connect', steps: 3, here: true, ...connect },
        { word: 'Match', steps: 1, done: 0 },
      ]}
    />,
  )
}

describe('the deck', () => {
  const html = deckAt({ done: 1, spoken: ', step 2 of 3' })
  const items = html.match(/<li.*?<\/li>/gs) ?? []

  it('announces the step the person is on, once', () => {
    expect(html.match(/aria-current="step"/g)).toHaveLength(1)
    expect(items[1]).toContain('aria-current="step"')
    expect(items[1]).toContain('Connect<span class="sr-only">, step 2 of 3</span>')
  })

  it('leads back from a leg that is done, and nowhere from one that is ahead', () => {
    expect(items[0]).toContain('href="/link/1/ats"')
    expect(items[2]).not.toContain('href')
  })

  it('lays one tread a step and marks the one of now', () => {
    expect(items[1]?.match(/rounded-\[1px\]/g)).toHaveLength(3)
    expect(items[1]?.match(/bg-sand/g)).toHaveLength(1)
    expect(items[1]?.match(/bg-accent/g)).toHaveLength(1)
  })
})
