/** The cookies of a request, decoded; the first of a name wins, and what cannot be decoded stays as it is. */
export function cookiesOf(request: Request): Record<string, string> {
  const found: Record<string, string> = Object.create(null)
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, Math.max(0, at)).trim()
    if (name) found[name] ??= decoded(part.slice(at + 1).trim())
  }
  return found
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
