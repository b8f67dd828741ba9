import { inspect } from 'node:util'
import { sameText } from './tokens.ts'

const hidden = '[secret]'

/**
 * A text that must not be seen: an API key, a token. Printing, logging, inspecting or serialising it gives `[secret]`.
 * `reveal` is for the four files that a test names (`secret.test.ts`) and nobody else.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself. Only sealing, `lib/http.ts`, `lib/oauth/client.ts` and `lib/mail/sealed-link.ts` may ask. */
  reveal(): string {
    return this.#text
  }

  /** Whether another holds the same text, in a time that does not tell how much of it. */
  is(other: Secret): boolean {
    return sameText(this.#text, other.#text)
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspect.custom](): string {
    return hidden
  }
}
