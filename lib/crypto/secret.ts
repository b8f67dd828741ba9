import { inspect } from 'node:util'

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
