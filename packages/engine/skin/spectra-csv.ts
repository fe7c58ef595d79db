import type { Spectrum } from '../light/index.ts';

export interface NamedSpectrum {
  readonly name: string;
  /** Reflectance 0..1. */
  readonly reflectance01: Spectrum;
}

export type SpectraCsvReason =
  | 'no-data'
  | 'no-wavelength-column'
  | 'duplicate-sample'
  | 'unnamed-sample'
  | 'wrong-cell-count'
  | 'missing-value'
  | 'not-a-number'
  | 'percent-not-fraction'
  | 'value-out-of-range'
  | 'wrong-unit'
  | 'irregular-grid'
  | 'grid-too-coarse'
  | 'range-too-narrow';

export type SpectraCsv =
  | { readonly ok: true; readonly spectra: readonly NamedSpectrum[] }
  | {
      readonly ok: false;
      readonly reason: SpectraCsvReason;
      readonly message: string;
      readonly field?: string;
    };

const neededFromNm = 400;
const neededToNm = 700;
const coarsestNm = 20;

/**
 * Reads a table of reflectance spectra: first column `wavelength_nm` on a regular grid (rising or falling), one
 * column a sample, values 0..1. Comma, semicolon or tab between cells; a decimal comma is understood where the comma
 * does not separate cells; lines that begin with `#` are notes, and so is a first `sep=;`. The first fault found is named by line and column.
 */
export function parseSpectraCsv(text: string): SpectraCsv {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(
      ({ line, number }) =>
        line.trim() !== '' && !line.startsWith('#') && !(number === 1 && isSeparatorNote(line)),
    );
  const first = lines.shift();
  if (!first)
    return refuse('no-data', 'The file is empty; expected a header line and one line per wavelength.');
  const separator = ['\t', ';', ','].find((mark) => first.line.includes(mark)) ?? ',';
  const cellsOf = (line: string) => splitCells(line, separator);

  const [title = '', ...names] = cellsOf(first.line);
  if (!/^(wavelength|lambda|nm\b)/i.test(title)) {
    return refuse(
      'no-wavelength-column',
      `Line ${first.number}: the first column is "${title}"; it must be wavelength_nm, in nanometres.`,
      title,
    );
  }
  if (names.length === 0 || lines.length < 2) {
    return refuse(
      'no-data',
      'The file holds no spectra; expected a column per sample and a line per wavelength.',
    );
  }
  for (const [i, name] of names.entries()) {
    const where = `Line ${first.number}, column ${i + 2}`;
    if (name === '')
      return refuse('unnamed-sample', `${where}: the sample has no name; give every column a name.`);
    if (names.indexOf(name) < i) {
      return refuse('duplicate-sample', `${where}: "${name}" names two samples; rename one.`, name);
    }
  }

  const rows: number[][] = [];
  for (const { line, number } of lines) {
    const cells = cellsOf(line);
    if (cells.length !== names.length + 1) {
      return refuse(
        'wrong-cell-count',
        `Line ${number}: ${cells.length} cells where the header has ${names.length + 1}; mend the line.`,
      );
    }
    const row: number[] = [];
    for (const [i, cell] of cells.entries()) {
      const column = i === 0 ? title : names[i - 1];
      const where = `Line ${number}, column "${column}"`;
      if (cell === '')
        return refuse('missing-value', `${where}: the value is missing; gaps cannot be fitted.`, column);
      const value = Number(separator === ',' ? cell : cell.replace(',', '.'));
      if (!Number.isFinite(value) || /x|o|b/i.test(cell)) {
        return refuse('not-a-number', `${where}: "${cell}" is not a number.`, column);
      }
      row.push(value);
    }
    rows.push(row);
  }
  return (
    checkGrid(rows, lines, title) ??
    checkValues(rows, lines, names) ?? { ok: true, spectra: toSpectra(rows, names) }
  );
}

/** The first line some spreadsheets write and read: `sep=;`. */
const isSeparatorNote = (line: string): boolean => /^"?sep=.?"?$/i.test(line.trim());

/** Cells of one line; a cell in double quotes may hold the separator, and "" for a quote. */
export function splitCells(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const mark = line[i];
    if (mark === '"') {
      if (quoted && line[i + 1] === '"') cell += line[++i];
      else quoted = !quoted;
    } else if (mark === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += mark;
    }
  }
  return [...cells, cell.trim()];
}

type NumberedLine = { readonly number: number };

function checkGrid(
  rows: readonly number[][],
  lines: readonly NumberedLine[],
  title: string,
): SpectraCsv | undefined {
  const nm = rows.map((row) => row[0]);
  if (Math.max(...nm.map(Math.abs)) < 10) {
    return refuse(
      'wrong-unit',
      `Line ${lines[0].number}, column "${title}": ${nm[0]} looks like micrometres; give nanometres.`,
      title,
    );
  }
  const step = (nm[nm.length - 1] - nm[0]) / (nm.length - 1);
  const usual = nm[1] - nm[0];
  for (let i = 1; i < nm.length; i++) {
    const here = nm[i] - nm[i - 1];
    if (usual === 0 || Math.abs(here - usual) > 0.01 * Math.abs(usual) + 1e-6) {
      return refuse(
        'irregular-grid',
        `Line ${lines[i].number}, column "${title}": ${nm[i]} nm follows ${nm[i - 1]} nm, but the lines before step by ${usual} nm; a regular grid is needed.`,
        title,
      );
    }
  }
  if (Math.abs(step) > coarsestNm) {
    return refuse(
      'grid-too-coarse',
      `Column "${title}": a step of ${Math.abs(step)} nm is too coarse; ${coarsestNm} nm at most.`,
      title,
    );
  }
  const from = Math.min(nm[0], nm[nm.length - 1]);
  const to = Math.max(nm[0], nm[nm.length - 1]);
  if (from > neededFromNm || to < neededToNm) {
    return refuse(
      'range-too-narrow',
      `Lines ${lines[0].number} to ${lines[lines.length - 1].number}, column "${title}": ${from} to ${to} nm; ${neededFromNm} to ${neededToNm} nm are needed. Export the full visible range.`,
      title,
    );
  }
  return undefined;
}

function checkValues(
  rows: readonly number[][],
  lines: readonly NumberedLine[],
  names: readonly string[],
): SpectraCsv | undefined {
  for (const [k, name] of names.entries()) {
    const values = rows.map((row) => row[k + 1]);
    const at = values.findIndex((value) => value < -0.01 || value > 1.2);
    if (at < 0) continue;
    const where = `Line ${lines[at].number}, column "${name}"`;
    const highest = Math.max(...values);
    if (values[at] > 0 && highest > 1.5 && highest <= 120) {
      return refuse(
        'percent-not-fraction',
        `${where}: ${values[at]} looks like percent; divide by 100 (reflectance is 0 to 1).`,
        name,
      );
    }
    return refuse(
      'value-out-of-range',
      `${where}: ${values[at]} is no reflectance; values lie between 0 and 1.`,
      name,
    );
  }
  return undefined;
}

function toSpectra(rows: readonly number[][], names: readonly string[]): NamedSpectrum[] {
  const rising = rows[0][0] < rows[1][0] ? rows : rows.toReversed();
  const startNm = rising[0][0];
  const stepNm = (rising[rising.length - 1][0] - startNm) / (rising.length - 1);
  return names.map((name, k) => {
    // A dark offset can leave black slightly below zero.
    const values = Float64Array.from(rising, (row) => Math.max(0, row[k + 1]));
    return { name, reflectance01: { startNm, stepNm, values } };
  });
}

function refuse(reason: SpectraCsvReason, message: string, field?: string): SpectraCsv {
  return { ok: false, reason, message, ...(field === undefined ? {} : { field }) };
}
