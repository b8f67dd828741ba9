/** What Excel and its like need to read a file as UTF-8. */
export const csvStart = '\ufeff'

/**
 * A line of CSV (RFC 4180), its end included. A text at whose beginning a spreadsheet would see a formula gets an apostrophe in
 * front (OWASP, CSV injection).
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
