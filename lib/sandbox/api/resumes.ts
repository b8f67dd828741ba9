import { createHmac, timingSafeEqual } from 'node:crypto'
import { originOf } from '../hosts.ts'
import { fromHex, toHex } from '../ids.ts'
import type { Candidate } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'

/** How long a presigned address of a file works, in seconds (recorded: about 60,000). */
const LIFE_SECONDS = 60_000

/** A presigned address of a candidate's résumé: whoever has it may fetch it, for a while, without a token. */
export function resumeUrl(sandbox: Sandbox, candidate: Candidate): string {
  const id = toHex(candidate.id)
  const expires = String(Math.floor(sandbox.now() / 1000) + LIFE_SECONDS)
  const signature = sign(sandbox, id, expires)
  return `${originOf(sandbox.port)}/files/${id}/cv.pdf?Expires=${expires}&Signature=${signature}`
}

/** Serves `/files/:id/cv.pdf` of the base host; refuses an Authorization header, as the real store does (section 6.2). */
export function serveResume(sandbox: Sandbox, request: Request): Response {
  const url = new URL(request.url)
  const id = /^\/files\/([0-9a-f]+)\/cv\.pdf$/.exec(url.pathname)?.[1] ?? ''
  const expires = url.searchParams.get('Expires') ?? ''
  const given = Buffer.from(url.searchParams.get('Signature') ?? '')
  const right = Buffer.from(sign(sandbox, id, expires))
  const candidate = sandbox.state.candidates.get(fromHex(id) ?? 0)
  if (request.headers.has('Authorization')) return refusal(400, 'InvalidArgument')
  if (given.length !== right.length || !timingSafeEqual(given, right))
    return refusal(403, 'SignatureDoesNotMatch')
  if (Number(expires) * 1000 <= sandbox.now()) return refusal(403, 'AccessDenied')
  if (!candidate?.resume) return refusal(404, 'NoSuchKey')
  return new Response(pdfSaying(`${candidate.firstname} ${candidate.lastname}`), {
    headers: { 'Content-Type': 'application/pdf' },
  })
}

function sign(sandbox: Sandbox, id: string, expires: string): string {
  return createHmac('sha256', `${sandbox.state.seed}/files`).update(`${id}/${expires}`).digest('base64url')
}

function refusal(status: number, code: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`, {
    status,
    headers: { 'Content-Type': 'application/xml' },
  })
}

function pdfSaying(text: string): string {
  const line = text.normalize('NFD').replace(/[^ -~]|[\\()]/g, '')
  const drawing = `BT /F1 24 Tf 60 760 Td (${line}) Tj ET`
  return [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj',
    `4 0 obj<</Length ${drawing.length}>>stream\n${drawing}\nendstream endobj`,
    '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
  ].join('\n')
}
