import { html } from 'hono/html'

/** One page of a list in the back office; `page` and `pages` count from 1, `from` is the index of its first item. */
export type Slice<T> = { items: T[]; page: number; pages: number; from: number }

/** Cuts the wanted page out of a list; a number that makes no sense is the first page, or the last. */
export function sliceOf<T>(list: readonly T[], wanted: string | undefined, perPage: number): Slice<T> {
  const pages = Math.max(1, Math.ceil(list.length / perPage))
  const page = Math.min(pages, Math.max(1, Math.floor(Number(wanted ?? 1)) || 1))
  const from = (page - 1) * perPage
  return { items: list.slice(from, from + perPage), page, pages, from }
}

/** Links to the pages before and after; nothing where there is one page. `query` is kept. */
export function pager({ page, pages }: Slice<unknown>, path: string, query: Record<string, string>) {
  if (pages === 1) return ''
  const link = (to: number, text: string) =>
    html`<a class="button" href="${path}?${new URLSearchParams({ ...query, page: String(to) })}">${text}</a>`
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? link(page - 1, 'Newer') : ''}<span>Page ${page} of ${pages}</span>${page < pages ? link(page + 1, 'Older') : ''}
  </nav>`
}
