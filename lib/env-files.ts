import { readFileSync } from 'node:fs'

/** Secrets that a file holds, as orchestrators mount them: each `NAME_FILE` says which. Mistakes are told without a value. */

type Source = Readonly<Record<string, string | undefined>>

/** Where a mistake goes, and what is right. */
type Told = { mistakes: string[]; right: string }

/** The OAuth apps of a file stand where those of the variable would. */
export function withAppsOfFile(source: Source, { mistakes, right }: Told): Source {
  const file = source.OAUTH_APPS_FILE?.trim()
  if (!file || source.OAUTH_APPS?.trim()) return source
  try {
    return { ...source, OAUTH_APPS: readFileSync(file, 'utf8') }
  } catch {
    mistakes.push(
      `OAUTH_APPS_FILE (${file}): it cannot be read. Right is, for example, OAUTH_APPS_FILE=${right}`,
    )
    return source
  }
}

/** The secret in the file of a variable, 32 characters at least; undefined with a mistake told. */
export function readSecretFile(
  name: string,
  file: string | undefined,
  { mistakes, right }: Told,
): string | undefined {
  const example = `Right is, for example, ${name}=${right}`
  if (!file) {
    mistakes.push(`${name}: it is missing, and so is ${name}_FILE. ${example}`)
    return undefined
  }
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text.length < 32)
      mistakes.push(`${name}_FILE (${file}): it holds fewer than 32 characters. ${example}`)
    return text
  } catch {
    mistakes.push(`${name}_FILE (${file}): it cannot be read. ${example}`)
    return undefined
  }
}
