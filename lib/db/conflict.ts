/** Whether an error says, itself or by its cause, that a row of that unique index was there already (SQLSTATE 23505). */
export function isConflict(thrown: unknown, index: string): boolean {
  if (!(thrown instanceof Error)) return false
  const isIt =
    'code' in thrown &&
    thrown.code === '23505' &&
    'constraint_name' in thrown &&
    thrown.constraint_name === index
  return isIt || isConflict(thrown.cause, index)
}
