import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { sealPlusOpenMicroseconds } from '../../lib/crypto/seal.bench.ts'
import { type Figure, interleaved } from './measure.ts'

const mostMicroseconds = 60

/** Sealing a key and opening it again, beside the cipher alone. */
export async function sealFigure(): Promise<Figure> {
  const [ceiling = 0, figure = 0] = await interleaved([
    cipherMicroseconds,
    () => sealPlusOpenMicroseconds(4000),
  ])
  return {
    what: 'seal and open a key',
    ceiling: `${ceiling.toFixed(1)} µs (the cipher alone)`,
    figure: `${figure.toFixed(1)} µs`,
    ratio: (figure / ceiling).toFixed(2),
    bound: `${mostMicroseconds} µs`,
    holds: figure < mostMicroseconds,
  }
}

function cipherMicroseconds(): number {
  const [text, key] = [randomBytes(48), randomBytes(32)]
  const started = performance.now()
  for (let i = 0; i < 2000; i++) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const sealed = Buffer.concat([cipher.update(text), cipher.final()])
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(cipher.getAuthTag())
    Buffer.concat([decipher.update(sealed), decipher.final()])
  }
  return ((performance.now() - started) * 1000) / 2000
}
