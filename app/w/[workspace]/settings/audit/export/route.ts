import { z } from 'zod'
import { type ExportFormat, exportEvents, exportFormats } from '#lib/audit/export.ts'
import { auditQuery } from '#lib/audit/query.ts'
import { now } from '#lib/clock.ts'
import { log } from '#lib/log.ts'
import { answerMemberForm } from '../../../../../web/answer-form.ts'
import { eventWords, readingOf } from '../audit-words.ts'

type Context = { params: Promise<{ workspace: string }> }

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
} as const satisfies Record<ExportFormat, string>

/** What the log's page shows, all of it, as a file that is sent while it is read. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace } = await params
  const back = `/w/${workspace}/settings/audit`
  return answerMemberForm(
    request,
    workspace,
    { form: 'audit-export', back, shown: [] },
    async (here, fields) => {
      const { actor, say } = here
      const format = z.enum(exportFormats).catch('csv').parse(fields.format)
      const query = auditQuery(fields)
      const parts = await exportEvents(actor, query, format, readingOf(say, query.q), {
        event: eventWords(say),
        head: column => say(`audit.columns.${column}`),
      })
      const day = now().toISOString().slice(0, 10)
      return new Response(streamOf(parts), {
        headers: {
          'content-type': types[format],
          'content-disposition': `attachment; filename="audit-log-${here.workspace.slug}-${day}.${format}"`,
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
        },
      })
    },
  )
}

/** Reads on only as fast as the browser takes it. A file that breaks off is broken off, not ended as if it were whole. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        log.error({ err: error }, 'audit export broke off')
        controller.error(error)
      }
    },
    cancel: async () => void (await parts.return(undefined)),
  })
}
