/** One way to reach whoever helps. `words` is free text, such as hours. */
export type SupportContact =
  | { kind: 'link' | 'mail' | 'phone'; text: string; href: string }
  | { kind: 'words'; text: string }

/** Recognises chat and portal addresses, mail addresses and phone numbers; everything else is words. Order is kept. */
export const parseSupportContact = (parts: readonly string[]): SupportContact[] => parts.map(recognise)

function recognise(text: string): SupportContact {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) {
    const url = new URL(text)
    return { kind: 'link', text: `${url.host}${url.pathname}`.replace(/\/$/, ''), href: url.href }
  }
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { kind: 'mail', text, href: `mailto:${text}` }
  if (/^\+?[\d\s().-]{6,24}$/.test(text)) {
    return { kind: 'phone', text, href: `tel:${text.replace(/[^+\d]/g, '')}` }
  }
  return { kind: 'words', text }
}
