import { type Spectrum } from '../light/index.ts';
import { skinGrid } from '../skin/index.ts';

/**
 * One column of a table of drawdowns, reflectance 0..1 as measured in air, on the skin grid:
 *
 *     masstone|NAME|rep1                    opaque, one pigment
 *     mix_by_mass|NAME:0.29+white:0.59|rep1 opaque, masses in grams
 *     film|NAME:0.8|black|rep1              0.8 mg/cm² over the black backing (or `white`)
 *     backing|black|rep1                    the bare backing (or `white`)
 */
export type DrawdownColumn = { readonly label: string; readonly reflectance01: Spectrum } & (
  | { readonly kind: 'masstone'; readonly name: string }
  | { readonly kind: 'mix'; readonly masses: readonly { readonly name: string; readonly grams: number }[] }
  | {
      readonly kind: 'film';
      readonly name: string;
      readonly loadMgPerCm2: number;
      readonly over: 'black' | 'white';
    }
  | { readonly kind: 'backing'; readonly over: 'black' | 'white' }
);

export interface DrawdownTable {
  readonly columns: readonly DrawdownColumn[];
}

export interface TableRefusal {
  readonly ok: false;
  readonly reason: 'bad-table';
  readonly message: string;
  /** For instance `row 12, column "masstone|white|rep1"`. */
  readonly field: string;
}

const refuse = (field: string, message: string): TableRefusal => ({
  ok: false,
  reason: 'bad-table',
  message: `${field}: ${message}`,
  field,
});

/**
 * Reads a table of drawdowns: comma, semicolon (then a decimal comma is understood) or tab between cells, lines that
 * begin with # are notes. Irregular wavelengths are allowed; they are averaged over 10 nm bands.
 */
export function parseDrawdowns(csv: string): (DrawdownTable & { readonly ok: true }) | TableRefusal {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line: line.trim(), row: i + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const [head, ...body] = lines;
  if (!head) return refuse('row 1', 'the file is empty.');
  const separator = ['\t', ';', ','].find((mark) => head.line.includes(mark)) ?? ',';
  const headers = head.line.split(separator).map((text) => text.trim().replace(/^"|"$/g, ''));
  if (headers[0] !== 'wavelength_nm') {
    return refuse(`row ${head.row}, column 1`, `must be "wavelength_nm", found "${headers[0] ?? ''}".`);
  }
  const nm: number[] = [];
  const values: number[][] = headers.slice(1).map(() => []);
  for (const { line, row } of body) {
    const cells = line.split(separator);
    if (cells.length !== headers.length) {
      return refuse(`row ${row}`, `${cells.length} cells where the header has ${headers.length}.`);
    }
    for (const [column, cell] of cells.entries()) {
      const value =
        cell.trim() === '' ? Number.NaN : Number(separator === ',' ? cell : cell.replace(',', '.'));
      const field = `row ${row}, column "${headers[column] ?? ''}"`;
      if (!Number.isFinite(value)) return refuse(field, `"${cell.trim()}" is not a number; fill the gap.`);
      if (column === 0) {
        const before = nm.at(-1);
        if (before !== undefined && value <= before) {
          return refuse(field, `wavelengths must rise; ${value} follows ${before}.`);
        }
        nm.push(value);
      } else {
        if (value > 1.5) {
          return refuse(field, `${value} looks like percent; give reflectance as a fraction, 0 to 1.`);
        }
        if (value < -0.02 || value > 1.2) return refuse(field, `${value} is no reflectance (0 to 1).`);
        values[column - 1]?.push(value);
      }
    }
  }
  const [first, last] = [nm[0] ?? Number.NaN, nm.at(-1) ?? Number.NaN];
  const endNm = skinGrid.startNm + (skinGrid.count - 1) * skinGrid.stepNm;
  if (!(first <= skinGrid.startNm && last >= endNm)) {
    return refuse(
      'column "wavelength_nm"',
      `${nm.length} rows from ${first} to ${last} nm; ${skinGrid.startNm} to ${endNm} nm are needed.`,
    );
  }
  const gap = nm.findIndex((value, i) => i > 0 && value - (nm[i - 1] as number) > 12);
  if (gap > 0) return refuse(`row ${gap + 2}`, `a gap of more than 12 nm before ${nm[gap]} nm.`);

  const columns: DrawdownColumn[] = [];
  for (const [index, label] of headers.slice(1).entries()) {
    const what = parseLabel(label);
    if (typeof what === 'string') return refuse(`column "${label}"`, what);
    columns.push({ ...what, label, reflectance01: bandAverage(nm, values[index] as number[]) });
  }
  return { ok: true, columns };
}

type Label = DrawdownColumn extends infer C
  ? C extends unknown
    ? Omit<C, 'label' | 'reflectance01'>
    : never
  : never;

function parseLabel(label: string): Label | string {
  const [kind, what = '', third] = label.split('|');
  const side = (text: string | undefined) => (text === 'black' || text === 'white' ? text : undefined);
  const weighed = (text: string) => {
    const [name = '', amount] = text.split(':');
    return { name, amount: Number(amount) };
  };
  if (kind === 'masstone' && what !== '') return { kind, name: what };
  if (kind === 'mix_by_mass') {
    const masses = what.split('+').map((text) => {
      const { name, amount } = weighed(text);
      return { name, grams: amount };
    });
    if (masses.length < 2 || masses.some(({ name, grams }) => name === '' || !(grams > 0))) {
      return 'a mix reads mix_by_mass|NAME:grams+NAME:grams|rep1.';
    }
    return { kind: 'mix', masses };
  }
  if (kind === 'film') {
    const { name, amount } = weighed(what);
    const over = side(third);
    if (name === '' || !(amount > 0) || !over)
      return 'a film reads film|NAME:mg_per_cm2|black|rep1 (or white).';
    return { kind, name, loadMgPerCm2: amount, over };
  }
  if (kind === 'backing') {
    const over = side(what);
    return over ? { kind, over } : 'a backing reads backing|black|rep1 (or white).';
  }
  return 'a column is masstone|…, mix_by_mass|…, film|… or backing|….';
}

/** Mean under a triangle of 10 nm half width of the straight lines through the samples. */
function bandAverage(nm: readonly number[], values: readonly number[]): Spectrum {
  const sample = (at: number) => {
    let i = 1;
    while (i < nm.length - 1 && (nm[i] as number) < at) i += 1;
    const [x0, x1] = [nm[i - 1] as number, nm[i] as number];
    const t = Math.min(Math.max((at - x0) / (x1 - x0), 0), 1);
    return (values[i - 1] as number) * (1 - t) + (values[i] as number) * t;
  };
  const half = skinGrid.stepNm;
  const out = Float64Array.from({ length: skinGrid.count }, (_, index) => {
    let sum = 0;
    let weights = 0;
    for (let offset = 1 - half; offset < half; offset += 1) {
      const weight = half - Math.abs(offset);
      sum += weight * sample(skinGrid.startNm + index * skinGrid.stepNm + offset);
      weights += weight;
    }
    return sum / weights;
  });
  return { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values: out };
}
