// Recipes for 50 measured forearms, and a simulated clinic. `npm run bench -- match [clinic N] [file.csv]`.
import { ciede2000, colorimeter, labUnder } from '../light/index.ts';
import { bestOfPalette, solveMatch } from '../match/core.ts';
import { layeredReflectance, makeTransport } from '../match/dose-table.ts';
import { defaultAssumptions, matchPigments, type PigmentSet, samplePaints } from '../match/index.ts';
import { mixInto, skinColourModel } from '../match/model.ts';
import { lnPersonalRetention, scenarioOf } from '../match/scenario.ts';
import { makeSkinModel, seededChance, skinGrid, standardGeometry } from '../skin/index.ts';
import { twoVisits, type VisitOutcome } from './clinic.ts';
import { type Forearm, forearms, percentile } from './forearms.ts';

export const name = 'match';
export const describe =
  'recipes for measured forearms with four and seven paints; two visits to a simulated clinic';

const outOfReach = 3;
const fixed = (value: number, digits = 2) => value.toFixed(digits);

export async function run(args: readonly string[]): Promise<void> {
  const file = args.find((arg) => arg.endsWith('.csv'));
  const at = args.indexOf('clinic');
  const people = at >= 0 ? Number(args[at + 1] ?? 60) : 40;
  const model = makeSkinModel();
  const arms = forearms(40, file, model);
  await recipes(arms);
  await timing(arms);
  await peopleAgainstTransport(arms.find(({ ita }) => ita > 45) ?? arms[0]);
  await clinic(
    arms.filter(({ ita }) => ita > 28),
    people,
  );
}

const palettes: readonly [string, PigmentSet][] = [
  ['four paints', { ...samplePaints, pigments: samplePaints.pigments.slice(0, 4) }],
  ['seven paints', samplePaints],
];

/** Own skin without melanin, pigment under 80 + 70 µm in 300 µm, scattering 40 cm⁻¹; target: the measured spectrum. */
async function recipes(arms: readonly Forearm[]): Promise<void> {
  const lights = ['D65/2', 'A/2'] as const;
  const meters = lights.map((white) => colorimeter(white, skinGrid));
  console.log(
    `Recipes: ${arms.length} forearms, ${arms.filter(({ ita }) => ita > 28).length} with ITA > 28°.`,
  );
  console.log(
    'Worse of D65 and A, ΔE00, 2° observer, exact doses. "kept": the patch keeps what the skin model misses.\n',
  );
  console.log('                          median   p95    max   (goal: 1.4 / 2.1 with four, 1.0 with seven)');
  for (const [title, set] of palettes) {
    for (const kept of [true, false]) {
      const best: { arm: Forearm; worst: number; used: string }[] = [];
      for (const arm of arms) {
        const found = await bestOfPalette({
          pigments: set.pigments,
          patch: {
            at: () => arm.bare,
            residual01: kept ? arm.fit.residual01 : new Float64Array(skinGrid.count),
          },
          target: meters.map((meter) => labUnder(meter, arm.measured01)),
          lights,
          geometry: standardGeometry,
        });
        const used = set.pigments.filter((_, p) => found.doses[p] > 0).map(({ id }) => id);
        best.push({ arm, worst: found.worstDeltaE00, used: used.join(' + ') });
      }
      const light = best.filter(({ arm }) => arm.ita > 28).map(({ worst }) => worst);
      console.log(
        `${title.padEnd(14)} ${kept ? 'kept   ' : 'dropped'}    ${fixed(percentile(light, 0.5))}    ${fixed(percentile(light, 0.95))}   ${fixed(Math.max(...light))}`,
      );
      if (!kept) continue;
      const out = best.filter(({ worst }) => worst > outOfReach);
      console.log(`  out of gamut (above ${outOfReach}): ${out.length === 0 ? 'none' : ''}`);
      for (const { arm, worst, used } of out) {
        console.log(`    ${arm.id}  ITA ${fixed(arm.ita, 0)}°  best ${fixed(worst, 1)}  ${used}`);
      }
    }
  }
}

async function timing(arms: readonly Forearm[]): Promise<void> {
  const arm = arms.find(({ ita }) => ita > 45) ?? arms[0];
  const { reading } = arm;
  const patch = { ...reading, reflectance01: { ...skinGrid, values: patchOf(arm) } };
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const from = performance.now();
    const result = await matchPigments(
      { treatment: 'vitiligo', patch, surround: reading, pigments: samplePaints },
      { seed: 1 },
    );
    times.push(performance.now() - from);
    if (!result.ok) throw new Error(result.message);
  }
  console.log(
    `\nFull match with uncertainty, seven paints: ${fixed(percentile(times, 0.5), 0)} ms median of 5 (goal 3000).`,
  );
}

/** Colour of the recipe in each simulated person: small corrected table against direct transport with 12 directions. */
async function peopleAgainstTransport(arm: Forearm): Promise<void> {
  const lights = ['D65/10', 'A/10'] as const;
  const meters = lights.map((white) => colorimeter(white, skinGrid));
  const core = await solveMatch(
    {
      pigments: samplePaints.pigments,
      treatment: 'vitiligo',
      patch: {
        at: (scattering) => ({ ...arm.bare, scatteringPerCm500: scattering }),
        residual01: new Float64Array(31),
      },
      target: meters.map((meter) => labUnder(meter, arm.measured01)),
      lights,
      geometry: standardGeometry,
      assumptions: defaultAssumptions('vitiligo'),
      spots: [],
      highestDose: samplePaints.undilutedDose,
      seed: 1,
    },
    async () => {},
  );
  const { model, members } = core.ensemble;
  const transport = makeTransport(12);
  const [mua, musp, direct] = [new Float64Array(31), new Float64Array(31), new Float64Array(31)];
  const errors = members.map((member) => {
    const doses = core.recipes[0].doses.map(
      (dose, p) => dose * member.doseScale * Math.exp(lnPersonalRetention(model, member.z, p)),
    );
    const labs = new Float64Array(3);
    skinColourModel(member.table, core.central.optics, meters.slice(0, 1), core.correction).evaluate(
      doses,
      labs,
    );
    mixInto(core.central.optics, doses, mua, musp);
    const { skin, geometry } = scenarioOf(model, member.z);
    layeredReflectance(skin, geometry, mua, musp, transport, direct);
    const lab = labUnder(meters[0], direct);
    return ciede2000(labs[0], labs[1], labs[2], lab.L, lab.a, lab.b);
  });
  console.log(
    `Simulated people against direct transport: median ΔE00 ${fixed(percentile(errors, 0.5), 3)}, 95 % ${fixed(percentile(errors, 0.95), 3)}, max ${fixed(Math.max(...errors), 3)} of ${errors.length}.`,
  );
}

function patchOf(arm: Forearm): Float64Array {
  return Float64Array.from(arm.fit.reflectance01.values, (value) => Math.min(value * 1.15, 0.95));
}

/** Truths drawn from the assumed spreads, scattering 25-60 cm⁻¹ included; see clinic.ts. */
async function clinic(arms: readonly Forearm[], people: number): Promise<void> {
  const model = makeSkinModel();
  console.log(
    `\nSimulated clinic: ${people} people, distance of the healed result to the skin, ΔE00, median / p95.`,
  );
  console.log('                                     D65            worse of D65, A   in 90 %: Lab   ΔE');
  // Columns: palette, what the spot is read with, whether thickness varies, personal share of retention.
  const variants = [
    ['seven paints, spot by spectrum', samplePaints, 'spectrum', false, 1],
    ['  a fifth of retention by session', samplePaints, 'spectrum', false, 0.8],
    ['  layer thickness ± 20 % as well', samplePaints, 'spectrum', true, 0.8],
    ['  spot read as a colour', samplePaints, 'colour', false, 1],
    ['four paints, spot by spectrum', palettes[0][1], 'spectrum', false, 1],
  ] as const;
  for (const [title, pigments, spot, thickness, personal01] of variants) {
    const { normal, uniform } = seededChance(5);
    const visits: { first: VisitOutcome; second: VisitOutcome }[] = [];
    for (let i = 0; i < people; i += 1) {
      const both = await twoVisits(arms[i % arms.length], model, normal, uniform, {
        pigments,
        spot,
        thickness,
        personal01,
      });
      if (both) visits.push(both);
    }
    console.log(title);
    for (const visit of ['first', 'second'] as const) {
      const all = visits.map((both) => both[visit]);
      const pair = (of: (o: VisitOutcome) => number) =>
        `${fixed(percentile(all.map(of), 0.5))} / ${fixed(percentile(all.map(of), 0.95))}`;
      const inLab = all.flatMap(({ insideLab }) => insideLab).filter(Boolean).length / (3 * all.length);
      const inDeltaE = all.filter(({ insideDeltaE }) => insideDeltaE).length / all.length;
      console.log(
        `  ${(visit === 'first' ? 'first visit' : 'after one spot').padEnd(33)}${pair((o) => o.d65).padEnd(15)}${pair((o) => o.worst).padEnd(18)}${fixed(100 * inLab, 0)} %           ${fixed(100 * inDeltaE, 0)} %`,
      );
    }
  }
  console.log('Goals: about 2.0 at the first visit, at most 1.3 after one spot; 85-95 % inside at both.');
}
