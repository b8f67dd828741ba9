// In this order: Edge says Chrome too, and Chrome says Safari.
const browsers = [
  ['Edge', /\bEdgA?\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|Chromium|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const

const systems = [
  ['iOS', /\b(iPhone|iPad)\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\b(Linux|X11)\b/],
] as const

/** What a browser's own words (`User-Agent`) say it is; nothing for what says nothing that is known. Whoever wants to can lie. */
export function browserOf(userAgent: string): { browser: string; system: string } | undefined {
  const named = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, pattern]) => pattern.test(userAgent))?.[0]
  const [browser, system] = [named(browsers), named(systems)]
  return browser && system ? { browser, system } : undefined
}
