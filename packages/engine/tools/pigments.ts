// Writes match/nk-tables.ts, match/sample-pigments.ts and fixtures/pigments/sample-pigments.json from the measurements
// in fixtures/pigments: `node packages/engine/tools/pigments.ts`, then format.
import { readFileSync, writeFileSync } from 'node:fs';

const fixture = (name: string) => new URL(`../fixtures/pigments/${name}`, import.meta.url);
const module = (name: string) => new URL(`../match/${name}`, import.meta.url);
const gridNm = { startNm: 400, stepNm: 10, count: 31 };

/** Optical constants on 10 nm, straight lines between the published samples. */
function constants(file: string) {
  const rows = readFileSync(fixture(`nk/${file}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number) as [number, number, number]);
  const at = (nm: number, column: 1 | 2) => {
    let i = 1;
    while (i < rows.length - 1 && (rows[i] as number[])[0]! < nm) i += 1;
    const [a, b] = [rows[i - 1]!, rows[i]!];
    return Number((a[column] + ((nm - a[0]) / (b[0] - a[0])) * (b[column] - a[column])).toFixed(5));
  };
  const nm = Array.from({ length: gridNm.count }, (_, i) => gridNm.startNm + i * gridNm.stepNm);
  return { n: nm.map((value) => at(value, 1)), k: nm.map((value) => at(value, 2)) };
}

const materials = {
  rutile: {
    densityGPerCm3: 4.23,
    source: 'rutile after Devore 1951',
    rays: [
      ['tio2_rutile_o_devore', 2 / 3],
      ['tio2_rutile_e_devore', 1 / 3],
    ],
  },
  hematite: {
    densityGPerCm3: 5.26,
    source: 'hematite after Querry 1985',
    rays: [
      ['hematite_querry_o', 2 / 3],
      ['hematite_querry_e', 1 / 3],
    ],
  },
  goethite: {
    densityGPerCm3: 4.28,
    source: 'goethite derived from a powder spectrum, strength uncertain by a factor of 2',
    rays: [['goethite_DERIVED', 1]],
  },
  carbon: {
    densityGPerCm3: 1.9,
    source: 'amorphous carbon after Hagemann 1975',
    rays: [['carbon_amorphous_hagemann', 1]],
  },
} as const;

const nk = Object.fromEntries(
  Object.entries(materials).map(([name, { densityGPerCm3, source, rays }]) => [
    name,
    {
      densityGPerCm3,
      source,
      grid: gridNm,
      rays: rays.map(([file, share]) => ({ share: Number(share.toFixed(6)), ...constants(file) })),
    },
  ]),
);
const made = '// Made by tools/pigments.ts from fixtures/pigments; origin and licence in its SOURCES.md.\n';
writeFileSync(
  module('nk-tables.ts'),
  `${made}/* oxlint-disable oxc/approx-constant -- 0.707 is a measured extinction */\n\n/** Refractive index n and extinction k of pigment minerals, by crystal ray with its share. */\nexport const nkTables = ${JSON.stringify(nk)};\n`,
);

const { pigmentDocument, pigmentsFromDrawdowns } = await import('../match/pigment-file.ts');
const parsed = pigmentsFromDrawdowns(readFileSync(fixture('paint_kimera_masstone_tint.csv'), 'utf8'), {
  setName: 'sample paints (Kimera, measured as paint, not ink)',
  kind: 'paint',
  source: 'M. Iwanicki 2024, home-built spectrophotometer, miciwan/PaintMixing (MIT)',
  numbers: {
    white: { ciNumber: '77891' },
    'yellow oxide': { ciNumber: '77492' },
    'red oxide': { ciNumber: '77491' },
  },
});
if (!parsed.ok) throw new Error(parsed.message);
const chosen = ['white', 'yellow-oxide', 'red-oxide', 'black', 'warm-yellow', 'orange', 'magenta'];
const document = pigmentDocument({
  ...parsed.set,
  pigments: chosen.map((id) => parsed.set.pigments.find((pigment) => pigment.id === id)!),
});
writeFileSync(fixture('sample-pigments.json'), `${JSON.stringify(document, null, 1)}\n`);
const { format: _, version: __, grid: ___, ...data } = document;
writeFileSync(
  module('sample-pigments.ts'),
  `${made}
import type { PigmentSet } from './pigment.ts';

const data = ${JSON.stringify(data)} as const;

/**
 * Seven artist's paints measured by M. Iwanicki: the first four are the plainest palette for skin, the last three
 * widen it. Paint, not ink: for learning and testing, not for treatment.
 */
export const samplePaints: PigmentSet = {
  ...data,
  pigments: data.pigments.map((pigment) => ({
    ...pigment,
    K: Float64Array.from(pigment.K),
    S: Float64Array.from(pigment.S),
  })),
};
`,
);
