const reading = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a write comes from somewhere else than our own pages (`security.md` A-108). Browsers say where from: `Origin`, and where
 * that is missing, `Sec-Fetch-Site`. A sibling subdomain is somewhere else; who says neither is no page of ours.
 */
export function isForeign(
  method: string,
  headers: { get(name: string): string | null },
  appUrl: string,
): boolean {
  if (reading.includes(method.toUpperCase())) return false
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return true
  const origin = headers.get('origin')
  return origin === null ? site !== 'same-origin' : origin !== appUrl
}
