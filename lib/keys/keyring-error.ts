/**
 * The keyring is not usable, or not the one that the database needs: the operator has to act before anything serves. The
 * message names what to do and never a key. `exitCode` is EX_CONFIG of sysexits.h.
 */
export class KeyringError extends Error {
  readonly exitCode = 78

  constructor(message: string) {
    super(message)
    this.name = 'KeyringError'
  }
}
