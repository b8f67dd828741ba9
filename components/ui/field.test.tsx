import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { AffixField, SecretField } from './affix-field.tsx'
import { TextField } from './text-field.tsx'

const described = (html: string) => /aria-describedby="([^"]*)"/.exec(html)?.[1]?.split(' ') ?? []

describe('a field', () => {
  it('reads its hint out with the field', () => {
    const html = renderToStaticMarkup(<TextField id="name" label="Name" hint="As colleagues know it" />)
    expect(described(html)).toEqual(['name-message'])
    expect(html).toContain('id="name-message"')
    expect(html).not.toContain('aria-invalid=')
  })

  it('puts what is wrong in the place of the hint and ties it to the field', () => {
    const html = renderToStaticMarkup(
      <TextField id="name" label="Name" hint="As colleagues know it" error="A name is missing" />,
    )
    expect(html).toContain('A name is missing')
    expect(html).not.toContain('As colleagues know it')
    expect(html).toContain('aria-invalid="true"')
    expect(described(html)).toEqual(['name-message'])
  })

  it('reads prefix and suffix out and keeps them out of the value', () => {
    const html = renderToStaticMarkup(
      <AffixField id="sub" label="Subdomain" prefix="https://" suffix=".workable.com" defaultValue="acme" />,
    )
    expect(described(html)).toEqual(['sub-prefix', 'sub-suffix'])
    expect(html).toContain('value="acme"')
  })

  it('says politely what was understood of an address', () => {
    const html = renderToStaticMarkup(
      <AffixField id="sub" label="Subdomain" understood="We took acme" hint="The first word" />,
    )
    expect(html).toMatch(/role="status"[^>]*>.*We took acme/)
    expect(html).not.toContain('The first word')
  })

  it('never fills a secret in, and hides what is typed', () => {
    const html = renderToStaticMarkup(<SecretField id="key" name="key" label="API key" show="Show" />)
    expect(html).toContain('type="password"')
    expect(html).toContain('autoComplete="off"')
    expect(html).not.toContain('value=')
    expect(html).toMatch(/aria-pressed="false"[^>]*aria-controls="key"/)
  })
})
