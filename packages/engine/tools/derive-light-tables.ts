/**
 * Derives `light/tables/*.ts` from the published tables. Run from anywhere:
 * `node packages/engine/tools/derive-light-tables.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { arrayBody, column, readTable } from './csv-table.ts';

const cmf = readTable('cie_cmf_1nm.csv');
const cmfNm = column(cmf, 'wavelength_nm');
const lights = readTable('cie_illuminants_5nm.csv');
const gridNm = column(lights, 'wavelength_nm');
const rows = gridNm.map((nm) => cmfNm.indexOf(nm));
const pick = (title: string) => rows.map((row) => column(cmf, title)[row] ?? Number.NaN);

const banner =
  '// Derived by tools/derive-light-tables.ts from fixtures/data; do not edit. Origin: fixtures/data/SOURCES.md\n';
const observer = (digit: string) =>
  ['x', 'y', 'z'].map((axis) => `    [\n${arrayBody(pick(axis + digit))}\n    ],`).join('\n');

write(
  'observers.ts',
  `${banner}
/** Colour-matching functions x, y, z of the CIE 1931 2° and CIE 1964 10° observers, 380 to 780 nm every 5 nm. */
export const matchingFunctions: Record<'2' | '10', readonly (readonly number[])[]> = {
  '2': [
${observer('2')}
  ],
  '10': [
${observer('10')}
  ],
};
`,
);

const names = ['A', 'D50', 'D65', 'FL2', 'FL11', 'LED-B1', 'LED-B2', 'LED-B3', 'LED-B4', 'LED-B5'];
write(
  'illuminants.ts',
  `${banner}
/** Relative spectral power of CIE illuminants (CIE 015:2018), 380 to 780 nm every 5 nm. */
export const illuminantPower = {
${names.map((name) => `  '${name}': [\n${arrayBody(column(lights, name))}\n  ],`).join('\n')}
} satisfies Record<string, readonly number[]>;
`,
);

function write(name: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(`../light/tables/${name}`, import.meta.url)), text);
}
