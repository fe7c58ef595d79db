/**
 * Derives `photo/tables/*.ts` and `simulator/tables/cameras.ts` from the published tables, at 400 to 700 nm every 10 nm. Run from anywhere:
 * `node packages/engine/tools/derive-photo-tables.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { priorOf } from './channel-prior.ts';
import { arrayBody, column, readTable } from './csv-table.ts';

const banner =
  '// Derived by tools/derive-photo-tables.ts from fixtures/data; do not edit. Origin: fixtures/data/SOURCES.md\n' +
  '/* oxlint-disable oxc/approx-constant -- measured values that happen to lie near constants */\n';

function every10nm(file: string, title: string): number[] {
  const table = readTable(file);
  const nm = column(table, 'wavelength_nm');
  const values = column(table, title);
  return Array.from({ length: 31 }, (_, i) => values[nm.indexOf(400 + 10 * i)] ?? Number.NaN);
}

const chart = readTable('colorchecker24_ohta_5nm.csv');
const patches = [...chart.keys()].filter((title) => title !== 'wavelength_nm');
write(
  'colorchecker24.ts',
  `${banner}
/** Names of the 24 patches of the classic ColorChecker, row by row from the top left. */
export const colorChecker24Names = ${JSON.stringify(patches)} as const;

/** Their reflectances 0..1, 400 to 700 nm every 10 nm (N. Ohta 1997). */
export const colorChecker24Reflectance: readonly (readonly number[])[] = [
${patches.map((title) => `  [\n${arrayBody(every10nm('colorchecker24_ohta_5nm.csv', title))}\n  ],`).join('\n')}
];
`,
);

const cameraTable = readTable('camera_ssf_train_5nm.csv');
const cameras = [...cameraTable.keys()]
  .filter((title) => title.endsWith('_R'))
  .map((title) => title.slice(0, -2));
write(
  '../../simulator/tables/cameras.ts',
  `${banner}
/** Relative sensitivities of red, green and blue, 400 to 700 nm every 10 nm, each camera's largest 1 (Apache-2.0). */
export const cameraSensitivities: Readonly<Record<string, readonly (readonly number[])[]>> = {
${cameras
  .map(
    (name) =>
      `  '${name}': [\n${['R', 'G', 'B']
        .map((c) => `    [\n${arrayBody(every10nm('camera_ssf_train_5nm.csv', `${name}_${c}`))}\n    ],`)
        .join('\n')}\n  ],`,
  )
  .join('\n')}
};
`,
);

const skins = [...readTable('skin_nist_train_avg_5nm.csv').keys()].filter(
  (title) => title !== 'wavelength_nm',
);
write(
  'skins.ts',
  `${banner}
/** Reflectances 0..1 of the forearms of 50 people, 400 to 700 nm every 10 nm (Cooksey et al. 2017, NIST). */
export const skinReflectance: readonly (readonly number[])[] = [
${skins.map((title) => `  [\n${arrayBody(every10nm('skin_nist_train_avg_5nm.csv', title))}\n  ],`).join('\n')}
];
`,
);

const short = (value: number): number => Number(value.toPrecision(6));
const lightTable = readTable('cie_illuminants_5nm.csv');
const lights = [...lightTable.keys()]
  .filter((title) => title !== 'wavelength_nm')
  .map((title) => every10nm('cie_illuminants_5nm.csv', title));
const white = every10nm('colorchecker24_ohta_5nm.csv', patches[18]);
const channels = ['R', 'G', 'B'].map((channel) =>
  priorOf(
    cameras.flatMap((name) => {
      const sensitivity = every10nm('camera_ssf_train_5nm.csv', `${name}_${channel}`);
      return lights.map((light) => {
        const weights = sensitivity.map((v, k) => v * light[k]);
        const answer = weights.reduce((sum, v, k) => sum + v * white[k], 0);
        return weights.map((v) => v / answer);
      });
    }),
    14,
  ),
);
write(
  'channels.ts',
  `${banner}
import type { ChannelPrior } from '../sensitivity.ts';

/**
 * What red, green and blue of a camera collect from 400 to 700 nm every 10 nm, the chart's white patch 1: mean and axes over
 * ${cameras.length} cameras under ${lights.length} CIE lights.
 */
export const channelPriors: readonly ChannelPrior[] = [
${channels
  .map(
    ({ mean, axes }) =>
      `  {\n    mean: [\n${arrayBody(mean.map(short))}\n    ],\n    axes: [\n${axes.map((axis) => `      [\n${arrayBody(axis.map(short))}\n      ],`).join('\n')}\n    ],\n  },`,
  )
  .join('\n')}
];
`,
);

function write(name: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(`../photo/tables/${name}`, import.meta.url)), text);
}
