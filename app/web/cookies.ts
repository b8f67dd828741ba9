/** The cookies of a request, first of a name wins; a name or value that is odd stays as it is. */
export function cookiesOf(request: Request): Record<string, string> {
  const found: Record<string, string> = Object.create(null)
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    found[name] ??= part.slice(at + 1).trim()
  }
  return found
}
