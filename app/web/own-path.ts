const here = 'http://here.invalid'

/**
 * A path of ours to go on to after sign-in, or the fallback. What a browser could take for another host, scheme or line (two
 * slashes, backslashes, control characters, encoded ones too) is not followed.
 */
export function ownPath(wanted: unknown, fallback = '/'): string {
  if (typeof wanted !== 'string' || wanted.length > 2000) return fallback
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return fallback
  if (/^\/(%2f|%5c)/i.test(wanted) || /%(0[0-9a-f]|1[0-9a-f]|7f)/i.test(wanted)) return fallback
  const url = URL.parse(wanted, here)
  if (url?.origin !== here || url.pathname.startsWith('//')) return fallback
  if (/^\/(api|sign-in|sign-out|set-up|password|invitation)(\/|$)/.test(url.pathname)) return fallback
  return url.pathname + url.search + url.hash
}

/** The sign-in page that leads back to where somebody was. */
export const signInPath = (back?: string): string =>
  back && ownPath(back) !== '/' ? `/sign-in?next=${encodeURIComponent(ownPath(back))}` : '/sign-in'

/** The same for somebody who is signed in, and has to give her password once more. */
export const signInAgainPath = (back: string): string =>
  `/sign-in?again=yes&next=${encodeURIComponent(ownPath(back))}`
