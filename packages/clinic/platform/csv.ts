/** A cell of a table given away as CSV. */
export type Cell = string | number | boolean | null;

/**
 * Comma-separated values by RFC 4180, with the mark by which spreadsheets recognise UTF-8. A text that a spreadsheet
 * would take for a formula, signs of double width included, is given an apostrophe in front (OWASP, CSV injection);
 * numbers are never changed.
 */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
