import { hashPassword } from '#lib/crypto/password.ts'
import { passwordProblem } from '#lib/crypto/password-policy.ts'
import { invalid } from '#lib/errors.ts'

/**
 * Hashes a password that somebody chooses. Throws `invalid` at `password` when the policy refuses it.
 *
 * @param context words about the person and her company, which no password may consist of
 */
export async function hashNewPassword(password: string, context: readonly string[]): Promise<string> {
  const problem = passwordProblem(password, context)
  if (problem) throw invalid({ password: problem })
  return hashPassword(password)
}
