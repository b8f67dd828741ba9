/** Text that is HTML already. Only the tag below makes it, so that everything else is escaped. */
export type Html = { readonly html: string }

type Value = string | number | Html | readonly Html[]

/** HTML with values in it: what is not HTML already is escaped, for text and for attributes in double quotes. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const filled = parts.map((part, at) => part + (at < values.length ? shown(values[at] ?? '') : ''))
  return { html: filled.join('') }
}

function shown(value: Value): string {
  if (typeof value === 'object') return 'html' in value ? value.html : value.map(each => each.html).join('')
  return escaped(String(value))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, found => entities[found] ?? '')
