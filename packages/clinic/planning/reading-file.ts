import { ciede2000, isNamedWhite, type NamedWhite } from '@undertone/engine/light/index.ts';
import type { TypedReadings } from '@undertone/engine/plan/index.ts';
import {
  type InstrumentGeometry,
  parseSpectraCsv,
  type Reading,
  splitCells,
  usualLabSd,
} from '@undertone/engine/skin/index.ts';
import { z } from 'zod';
import { typedNumber } from '../tenant/schema.ts';

export interface ReadingFileRefusal {
  readonly ok: false;
  readonly reason: 'bad-readings';
  readonly message: string;
  readonly field?: string;
}

/** Names a place may have in the file, and what it is taken as. */
const places: Readonly<Record<string, 'patch' | 'surround' | 'tanned' | 'kept'>> = {
  patch: 'patch',
  surround: 'surround',
  '5cm': 'surround',
  '5 cm': 'surround',
  tanned: 'tanned',
  // Skin beside a patch is lighter than its target, and a mirror site only confirms: kept in the file, not used.
  edge: 'kept',
  mirror: 'kept',
};

const isPlace = (name: string): boolean => Object.hasOwn(places, name.toLowerCase());
const roleOf = (name: string) => (isPlace(name) ? places[name.toLowerCase()] : undefined);

const labEntry = z.union([
  z.tuple([z.number(), z.number(), z.number()]),
  z.object({ L: z.number(), a: z.number(), b: z.number() }).transform(({ L, a, b }) => [L, a, b] as const),
]);

const fileSchema = z.object({
  white: z.string().optional(),
  illuminant: z.string().optional(),
  observer: z.union([z.string(), z.number()]).optional(),
  instrument: z.enum(['sphere-sci', 'sphere-sce', '45/0', 'contact-colorimeter']).optional(),
  readings: z.array(z.object({ place: z.string() }).loose()).optional(),
});

interface LabRow {
  readonly place: string;
  readonly lab: readonly [number, number, number];
  readonly where: string;
}

/**
 * Colorimeter readings from a file, CIELAB under D65 and the 10° observer unless it says otherwise. Three forms:
 *
 *     CSV   place,L,a,b            repeated places are read as one by the median of each coordinate, and their scatter
 *                                  widens its error; two that lie more than 5 ΔE00 apart are refused
 *     CSV   wavelength_nm,patch,surround        reflectance 0..1
 *     JSON  { "patch": [L,a,b], "surround": [[L,a,b],…], "white": "D65/10", "instrument": "45/0" }
 *
 * Tab, semicolon or comma between cells, one of them throughout as in the header; a decimal comma is understood where
 * the comma does not separate or the cell is quoted, and so are the digits of the clinic's languages. Any end of line. A row
 * with more or fewer cells than the header is refused, never guessed at.
 *
 * Places: patch, surround (or 5cm), tanned; edge and mirror may stand there too. `#` begins a comment line; a line
 * `# white D65/2` or `# instrument sphere-sci` changes the default.
 */
export function parseReadings(
  text: string,
): { readonly ok: true; readonly readings: TypedReadings } | ReadingFileRefusal {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return refuse('The file is empty; give place,L,a,b rows for patch and surround.');
  if (trimmed.startsWith('{')) return parseJson(trimmed);
  const lines = trimmed.split(/\r\n|\n|\r/);
  const comments = lines.filter((line) => line.startsWith('#'));
  const said = (name: string) =>
    comments.map((line) => new RegExp(`^#\\s*${name}\\s+(\\S+)`, 'i').exec(line)?.[1]).find(Boolean);
  const instrument = instrumentOf(said('instrument'));
  const white = whiteOf(said('white'));
  if (!white) return refuse('The "# white" line must read like D65/10.', 'white');
  if (!instrument)
    return refuse(
      'The "# instrument" line must be sphere-sci, sphere-sce, 45/0 or contact-colorimeter.',
      'instrument',
    );
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const separator = ['\t', ';', ','].find((mark) => rows[0]?.includes(mark)) ?? ',';
  const cellsOf = (row: string) => splitCells(row, separator);
  const header = cellsOf(rows[0] ?? '').map((cell) => cell.toLowerCase());
  if (header[0] === 'wavelength_nm') return parseSpectra(rows.join('\n'), instrument);
  if (header[0] !== 'place' || header[1] !== 'l' || header[2] !== 'a' || header[3] !== 'b') {
    return refuse('row 1: the columns must be place,L,a,b (or wavelength_nm,patch,surround).', 'row 1');
  }
  const found: LabRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (i === 0) continue;
    const cells = cellsOf(row);
    if (cells.length !== header.length) {
      return refuse(
        `row ${i + 1}: ${cells.length} cells where the header has ${header.length}; write decimals with a point, or separate the cells with semicolons.`,
        `row ${i + 1}`,
      );
    }
    const typed = cells.slice(1, 4);
    const lab = typed.map(typedNumber);
    if (!lab.every(Number.isFinite)) {
      return refuse(`row ${i + 1}: "${row.trim()}" holds no three numbers L,a,b.`, `row ${i + 1}`);
    }
    found.push({ place: cells[0] ?? '', lab: [lab[0], lab[1], lab[2]], where: `row ${i + 1}` });
  }
  return assemble(found, white, instrument);
}

function parseJson(text: string): ReturnType<typeof parseReadings> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`The file is no valid JSON (${(error as Error).message}).`);
  }
  const head = fileSchema.loose().safeParse(value);
  if (!head.success) {
    const issue = head.error.issues[0];
    return refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, issue?.path.join('.'));
  }
  const { white: named, illuminant, observer, instrument: how } = head.data;
  const white = whiteOf(
    named ?? (illuminant || observer ? `${illuminant ?? 'D65'}/${observer ?? 10}` : undefined),
  );
  if (!white) return refuse('"white" must read like "D65/10".', 'white');
  const instrument = how ?? 'contact-colorimeter';
  const rows: LabRow[] = [];
  for (const [place, entry] of Object.entries(head.data)) {
    if (!isPlace(place)) continue;
    const one = labEntry.safeParse(entry);
    const many = z.array(labEntry).nonempty().safeParse(entry);
    const labs = one.success ? [one.data] : many.success ? many.data : undefined;
    if (!labs) return refuse(`${place}: give [L, a, b], or a list of those.`, place);
    for (const lab of labs) rows.push({ place, lab, where: place });
  }
  return assemble(rows, white, instrument);
}

function parseSpectra(text: string, instrument: InstrumentGeometry): ReturnType<typeof parseReadings> {
  const table = parseSpectraCsv(text);
  if (!table.ok) return refuse(table.message);
  const reading = (role: 'patch' | 'surround' | 'tanned'): Reading | undefined => {
    const sample = table.spectra.find(({ name }) => roleOf(name) === role);
    return sample && { kind: 'spectrum', reflectance01: sample.reflectance01, instrument };
  };
  return complete(reading('patch'), reading('surround'), reading('tanned'));
}

function assemble(
  rows: readonly LabRow[],
  white: NamedWhite,
  instrument: InstrumentGeometry,
): ReturnType<typeof parseReadings> {
  for (const { place, lab, where } of rows) {
    if (!isPlace(place)) {
      return refuse(
        `${where}: "${place}" is no place; use patch, surround, 5cm, edge, mirror or tanned.`,
        where,
      );
    }
    const [L, a, b] = lab;
    if (!(L > 0 && L <= 100 && Math.abs(a) <= 60 && Math.abs(b) <= 60)) {
      return refuse(`${where}: L* ${L}, a* ${a}, b* ${b} cannot be skin; check the reading.`, where);
    }
  }
  const of = (role: 'patch' | 'surround' | 'tanned') => rows.filter(({ place }) => roleOf(place) === role);
  for (const role of ['patch', 'surround', 'tanned'] as const) {
    const apart = farthestApart(of(role));
    if (apart && apart.deltaE > mostApartDeltaE00) {
      const { one, other, deltaE } = apart;
      const places = one.where === other.where ? one.where : `${one.where} and ${other.where}`;
      return refuse(
        `${places}: two readings of ${role} lie ${deltaE.toFixed(1)} ΔE00 apart, more than ${mostApartDeltaE00}; read the place again, or leave out the reading that is wrong.`,
        other.where,
      );
    }
  }
  const reading = (role: 'patch' | 'surround' | 'tanned'): Reading | undefined => {
    const labs = of(role).map(({ lab }) => lab);
    if (labs.length === 0) return undefined;
    const middle = (c: 0 | 1 | 2) => {
      const sorted = labs.map((lab) => lab[c]).sort((x, y) => x - y);
      return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
    };
    const sdLab = sdOfMedian(labs, instrument);
    return {
      kind: 'lab',
      lab: { white, L: middle(0), a: middle(1), b: middle(2) },
      instrument,
      ...(sdLab !== undefined && { sdLab }),
    };
  };
  return complete(reading('patch'), reading('surround'), reading('tanned'));
}

/** Two readings of one place further apart than this are not of one colour: ten times what a contact head repeats to [derived]. */
const mostApartDeltaE00 = 5;

function farthestApart(
  rows: readonly LabRow[],
): { readonly one: LabRow; readonly other: LabRow; readonly deltaE: number } | undefined {
  const pairs = rows.flatMap((one, n) =>
    rows.slice(n + 1).map((other) => ({ one, other, deltaE: ciede2000(...one.lab, ...other.lab) })),
  );
  return pairs.reduce<(typeof pairs)[number] | undefined>(
    (most, pair) => (most && most.deltaE >= pair.deltaE ? most : pair),
    undefined,
  );
}

/** Half of pi: how much wider than the mean's the variance of a median of many normal values is. */
const medianVariance = Math.PI / 2;

/**
 * One standard deviation of each coordinate of repeated readings' median: the instrument's own, and what the repeats scatter,
 * pooled over the coordinates. Undefined for one reading, which scatters by nothing known.
 */
function sdOfMedian(
  labs: readonly (readonly [number, number, number])[],
  instrument: InstrumentGeometry,
): number | undefined {
  const count = labs.length;
  if (count < 2) return undefined;
  const variance = [0, 1, 2].reduce((sum, c) => {
    const mean = labs.reduce((all, lab) => all + lab[c as 0 | 1 | 2], 0) / count;
    return sum + labs.reduce((all, lab) => all + (lab[c as 0 | 1 | 2] - mean) ** 2, 0) / (count - 1) / 3;
  }, 0);
  const sd = Math.hypot(usualLabSd(instrument), Math.sqrt((medianVariance * variance) / count));
  return Number(sd.toFixed(3));
}

function complete(
  patch: Reading | undefined,
  surround: Reading | undefined,
  tanned: Reading | undefined,
): ReturnType<typeof parseReadings> {
  if (!patch) return refuse('No reading of the patch; add a row or column named patch.', 'patch');
  if (!surround)
    return refuse('No reading of the skin around; add a row or column named surround.', 'surround');
  return { ok: true, readings: { patch, surround, ...(tanned ? { tanned } : {}) } };
}

function whiteOf(text: string | undefined): NamedWhite | undefined {
  const white = text ?? 'D65/10';
  return isNamedWhite(white) ? white : undefined;
}

function instrumentOf(text: string | undefined): InstrumentGeometry | undefined {
  const known: readonly InstrumentGeometry[] = ['sphere-sci', 'sphere-sce', '45/0', 'contact-colorimeter'];
  return text === undefined ? 'contact-colorimeter' : known.find((name) => name === text);
}

function refuse(message: string, field?: string): ReadingFileRefusal {
  return { ok: false, reason: 'bad-readings', message, ...(field === undefined ? {} : { field }) };
}
