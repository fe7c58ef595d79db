import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads a numeric CSV of `fixtures/data`: one array per column, keyed by its header. */
export function readTable(name: string): Map<string, number[]> {
  const text = readFileSync(fixturePath(name), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = new Map(header.split(',').map((title): [string, number[]] => [title, []]));
  const arrays = [...columns.values()];
  for (const line of lines) {
    line.split(',').forEach((cell, i) => {
      arrays[i]?.push(Number(cell));
    });
  }
  return columns;
}

/** One column, or an error naming the file and the column that is missing. */
export function column(table: Map<string, number[]>, title: string): number[] {
  const values = table.get(title);
  if (!values) throw new Error(`the table has no column "${title}"`);
  return values;
}

function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/data/${name}`, import.meta.url));
}

/** Numbers as the body of an array literal, wrapped near the line width the formatter keeps. */
export function arrayBody(values: readonly number[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const value of values) {
    const cell = ` ${value},`;
    if (line.length + cell.length > 108) {
      lines.push(line);
      line = ' ';
    }
    line += cell;
  }
  return [...lines, line].join('\n');
}
