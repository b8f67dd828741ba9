import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** A certificate for tests, signed by itself, as PEM, with its private key. */
export type TestCertificate = { cert: string; key: string }

/**
 * Makes a self-signed certificate: X.509 v3 (RFC 5280) in the few DER types it needs, since Node signs but does not issue.
 */
export function makeCertificate(options: { host: string; from: Date; until: Date }): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = sequence(set(sequence(oid(commonName), utf8(options.host))))
  const algorithm = sequence(oid(sha256WithRsa), der(0x05))
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(options.from), time(options.until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints(), alternativeName(options.host))),
  )
  const cert = sequence(content, algorithm, bits(sign(content, privateKey)))
  return { cert: pem(cert), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

const commonName = [0x55, 0x04, 0x03]
const sha256WithRsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]

function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const set = (...parts: Buffer[]) => der(0x31, ...parts)
const oid = (bytes: number[]) => der(0x06, Buffer.from(bytes))
const utf8 = (text: string) => der(0x0c, Buffer.from(text))
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const octets = (content: Buffer) => der(0x04, content)
/** GeneralizedTime, to the second. */
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\..*/g, '')}Z`))
const basicConstraints = () =>
  sequence(oid([0x55, 0x1d, 0x13]), octets(sequence(der(0x01, Buffer.from([0xff])))))
const alternativeName = (host: string) =>
  sequence(oid([0x55, 0x1d, 0x11]), octets(sequence(der(0x82, Buffer.from(host)))))

const sign = (content: Buffer, key: KeyObject) => createSign('sha256').update(content).sign(key)

const pem = (cert: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${cert.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
