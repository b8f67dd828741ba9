import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type CheckState, Doctor, WayOut } from './doctor.tsx'

const stateList: CheckState[] = ['next', 'checking', 'passed', 'open', 'problem', 'waiting']

describe('the key doctor', () => {
  const html = renderToStaticMarkup(
    <Doctor
      id="doctor"
      head={{ tone: 'bad', title: '4 of 5 checks passed', text: 'Your turn.' }}
      checks={stateList.map(state => ({
        key: state,
        state,
        title: `Row ${state}`,
        word: `Word ${state}`,
        wayOut: state === 'problem' && <WayOut title="The way out" steps={[]} actions={null} />,
      }))}
    />,
  )
  const rows = html.match(/<li.*?<\/li>/gs) ?? []

  it('says how each check is in a word, not in colour alone', () => {
    for (const [index, state] of stateList.entries()) expect(rows[index]).toContain(`Word ${state}`)
  })

  it('speaks a row as a whole when it changes, and politely', () => {
    expect(html).toContain('<ol aria-live="polite"')
    for (const row of rows) expect(row).toContain('aria-atomic="true"')
  })

  it('puts the way out inside the row of the problem', () => {
    expect(rows.filter(row => row.includes('The way out'))).toHaveLength(1)
    expect(rows[4]).toContain('The way out')
  })
})
