/**
 * Derives `skin/tables/haemoglobin.ts` from the published extinctions. Run from anywhere:
 * `node packages/engine/tools/derive-skin-tables.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resample } from '../light/index.ts';
import { arrayBody, column, readTable } from './csv-table.ts';

const skinBands = { startNm: 400, stepNm: 10, count: 31 };
const table = readTable('hemoglobin_prahl_2nm.csv');
const onSkinBands = (title: string) => {
  const source = { startNm: 300, stepNm: 2, values: Float64Array.from(column(table, title)) };
  return Array.from(resample(source, skinBands).values, (value) => Number(value.toPrecision(6)));
};

writeFileSync(
  fileURLToPath(new URL('../skin/tables/haemoglobin.ts', import.meta.url)),
  `// Derived by tools/derive-skin-tables.ts from fixtures/data; do not edit. Origin: fixtures/data/SOURCES.md

/** Molar extinction (decadic), cm-1/M, 400 to 700 nm every 10 nm, averaged over each band. Prahl's compilation. */
export const oxyhaemoglobinPerCmM: readonly number[] = [
${arrayBody(onSkinBands('HbO2_cm-1_per_M'))}
];

export const deoxyhaemoglobinPerCmM: readonly number[] = [
${arrayBody(onSkinBands('Hb_cm-1_per_M'))}
];
`,
);
