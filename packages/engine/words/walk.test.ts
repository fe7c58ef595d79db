import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gamutVerdict, outOfReachDeltaE00 } from '../match/gamut.ts';
import {
  type LearnedHealing,
  type MatchRequest,
  matchPigments,
  parsePigments,
  pigmentDocument,
  pigmentRules,
  samplePaints,
} from '../match/index.ts';
import { driftWarning, healingWarning } from '../match/learned-warnings.ts';
import { healedAgainstPlan, register } from '../outcome/index.ts';
import { calibrate, createMask, type Picture, qualityOf } from '../photo/index.ts';
import { makePlan, type PlanInput } from '../plan/index.ts';
import { needleAdvice, sites } from '../plan/protocol.ts';
import { proposeFromTap, sampleSkin } from '../region/index.ts';
import { seededRandom } from '../simulator/random.ts';
import { checkReading, parseSpectraCsv, type Reading } from '../skin/index.ts';
import { recogniseText } from './index.ts';

/** Fields of the engine's answers that people read. */
const speaking = new Set([
  'message',
  'words',
  'statement',
  'reason',
  'needle',
  'depthNote',
  'passesSource',
  'stopRule',
  'tone',
]);

/** Every text for people in an answer, however deep; codes are no texts. */
function heard(answer: unknown, key = ''): readonly string[] {
  if (typeof answer === 'string') {
    return speaking.has(key) && !(key === 'reason' && !answer.includes(' ')) ? [answer] : [];
  }
  if (typeof answer !== 'object' || answer === null || ArrayBuffer.isView(answer)) return [];
  return Object.entries(answer).flatMap(([name, value]) => heard(value, Array.isArray(answer) ? key : name));
}
const unknown = (answers: unknown) => [...new Set(heard(answers))].filter((text) => !recogniseText(text));

const random = seededRandom(11);
const between = (low: number, high: number) => random.between(low, high);

/** A square of skin with a paler disc in the middle, as seen in some light by some camera. */
function skinWithPatch(
  side: number,
  look: { readonly light: number; readonly grain: number; readonly ramp: number; readonly blur: boolean },
): Picture {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i += 4) {
      const away = Math.hypot(x - side / 2, y - side / 2) / (side / 4);
      const pale = look.blur ? Math.min(1, Math.max(0, 1.5 - away)) : away < 1 ? 1 : 0;
      const light = look.light * (1 + (look.ramp * x) / side) + look.grain * (random.uniform() - 0.5);
      [170, 120, 95].forEach((value, c) => {
        rgba[i + c] = light * (value + pale * [55, 80, 85][c]);
      });
      rgba[i + 3] = 255;
    }
  }
  return { widthPx: side, heightPx: side, rgba };
}
function disc(side: number, share: number) {
  const mask = createMask(side, side);
  for (let p = 0; p < mask.alpha.length; p++) {
    const [x, y] = [p % side, Math.floor(p / side)];
    if (Math.hypot(x - side / 2, y - side / 2) < (share * side) / 2) mask.alpha[p] = 255;
  }
  return mask;
}
const plain = { light: 0.8, grain: 0.02, ramp: 0, blur: false };

const colour = (
  L: number,
  a: number,
  b: number,
  instrument: Reading['instrument'] = 'sphere-sci',
): Reading => ({
  kind: 'lab',
  lab: { white: 'D65/10', L, a, b },
  instrument,
});
const learned = (results: number, people: number, isEnough: boolean): LearnedHealing => ({
  format: 'undertone/learned-healing',
  version: 1,
  results,
  people,
  from: 'A clinic, 2 branches',
  isEnough,
  healing: [],
  drift: [],
});

describe('every sentence that comes out of the engine is known to the catalogue', () => {
  it('of photographs', () => {
    const reports = Array.from({ length: 40 }, (_, n) => {
      const side = [24, 60, 160][n % 3];
      const picture = skinWithPatch(side, {
        light: between(0.01, 1.8),
        grain: between(0, 0.5),
        ramp: between(0, 6),
        blur: n % 2 === 0,
      });
      return qualityOf(picture, n % 4 === 0 ? undefined : disc(side, between(0.2, 1)));
    });
    const dark = qualityOf(skinWithPatch(60, { light: 0.01, grain: 0, ramp: 0, blur: false }), disc(60, 1));
    const inGreys = skinWithPatch(60, plain);
    inGreys.rgba.forEach((_, i, rgba) => {
      if (i % 4 < 3) rgba[i] = rgba[i - (i % 4) + 1];
    });
    const all = [...reports, dark, qualityOf(inGreys)];
    const problems = all.flatMap(({ findings }) => findings.map(({ problem }) => problem));
    expect(new Set(problems).size).toBe(8);
    expect(unknown(all)).toEqual([]);
    expect(
      unknown([calibrate(skinWithPatch(160, plain)).reasons.map((statement) => ({ statement }))]),
    ).toEqual([]);
  });

  it('of matches, what they learned and why there is none', async () => {
    const request: MatchRequest = {
      treatment: 'vitiligo',
      patch: colour(78, 4, 14, 'camera'),
      surround: colour(55, 12, 20, 'camera'),
      pigments: samplePaints,
    };
    const asked: Partial<MatchRequest>[] = [
      { learned: learned(12, 5, false) },
      { patch: colour(50, 12, 20), surround: colour(75, 6, 15) },
      { surround: colour(28, 8, 10), patch: colour(60, 10, 16) },
      { patch: colour(400, 0, 0) },
      { surround: colour(55, 12, 20, 'camera'), patch: colour(70, 5, 15, '45/0') },
      { only: ['none-such'] },
      { only: [samplePaints.pigments[0].id] },
      { geometry: { epidermisUm: 60, clearDermisUm: -3, pigmentLayerUm: 100 } },
      { spots: [{ doses: { 'none-such': 1 }, reading: colour(60, 10, 16, 'camera') }] },
      { spots: [{ doses: {}, reading: colour(60, 10, 16, 'camera') }] },
    ];
    const answers = [];
    for (const changes of asked) answers.push(await matchPigments({ ...request, ...changes }, { seed: 3 }));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(unknown(answers)).toEqual([]);

    const verdicts = Array.from({ length: 200 }, () => {
      const far = () => between(0, 2 * outOfReachDeltaE00);
      return gamutVerdict({
        best: far(),
        bestDeltaEab: far(),
        ita: between(-60, 70),
        surround: { L: between(20, 80) },
        patch: { L: between(20, 80) },
        bestWithIdealPalette: far,
        bestShallow: far,
      });
    });
    expect(new Set(verdicts.map(({ band, cause }) => cause ?? band)).size).toBe(7);
    expect(unknown(verdicts)).toEqual([]);

    const shares = {} as Parameters<typeof driftWarning>[2];
    const axis = (mean: number) => ({ mean, meanSd: 0.2, scatterSd: 0.4 });
    const counts = [learned(1, 1, true), learned(4, 1, true), learned(40, 12, true)];
    expect(
      unknown(
        counts.flatMap((one) => [
          healingWarning(one, true),
          healingWarning(one, false),
          driftWarning(one, undefined, shares),
          driftWarning(
            one,
            (state) => (state === 'day0' ? undefined : { a: axis(-0.34), b: axis(1.2) }),
            shares,
          ),
        ]),
      ),
    ).toEqual([]);
    const listed = ['77766', '77199', '77891', '77491', '77266', '74160', '12475'];
    const rules = listed.flatMap((ciNumber) =>
      (['lip', 'scalp', 'vitiligo'] as const).flatMap((treatment) =>
        pigmentRules({ ciNumber, isWhiteOpacifier: false }, treatment),
      ),
    );
    expect(new Set(rules.map(({ code }) => code)).size).toBe(7);
    expect(unknown(rules)).toEqual([]);
  }, 120_000);

  it('of plans for every treatment and site, and why there is none', async () => {
    const side = 120;
    const base: PlanInput = {
      treatment: 'vitiligo',
      photo: { picture: skinWithPatch(side, plain), sha256: 'b'.repeat(64) },
      region: { mask: disc(side, 0.5), source: 'mask' },
      pigments: samplePaints,
      seed: 5,
    };
    const scale = { mmPerPx: 0.4, relativeSd: 0.03, from: 'a typed number' };
    const wanted: Partial<PlanInput>[] = [
      { scale },
      { treatment: 'lip', photo: { ...base.photo, picture: skinWithPatch(side, { ...plain, light: 0.2 }) } },
      {
        treatment: 'scalp',
        scale: { ...scale, mmPerPx: 4 },
        region: { ...base.region, source: 'landmarks' },
      },
      { treatment: 'scalp' },
      { region: { mask: createMask(side, side), source: 'mask' } },
      { region: { mask: createMask(9, 9), source: 'mask' } },
      { scale: { ...scale, mmPerPx: 40 } },
      { seed: 0.5 },
      { photo: { ...base.photo, picture: skinWithPatch(side, { ...plain, light: 9 }) } },
      { region: { mask: disc(side, 0.05), source: 'mask' } },
    ];
    const answers = [];
    for (const changes of wanted) {
      const answer = await makePlan({ ...base, ...changes });
      answers.push(answer.ok ? answer.document : answer);
    }
    expect(answers.filter((answer) => 'format' in answer)).toHaveLength(4);
    expect(unknown(answers)).toEqual([]);
    expect(unknown(sites.map(needleAdvice))).toEqual([]);
  }, 120_000);

  it('of regions, readings, later photographs and files', () => {
    const picture = skinWithPatch(160, plain);
    const grey: Picture = {
      widthPx: 160,
      heightPx: 160,
      rgba: new Uint8ClampedArray(160 * 160 * 4).fill(128),
    };
    const small: Picture = { widthPx: 8, heightPx: 8, rgba: new Uint8ClampedArray(256).fill(99) };
    const places = [[], [{ x: -4, y: 3 }], [{ x: 80, y: 80 }]];
    expect(
      unknown([
        ...places.map((taps) => proposeFromTap(picture, taps)),
        ...places.map((taps) => proposeFromTap(grey, taps)),
        sampleSkin(picture, createMask(160, 160)),
        sampleSkin(picture, disc(160, 0.04)),
        sampleSkin(picture, disc(160, 3)),
        register({ before: grey, after: grey }),
        register({ before: small, after: picture }),
        register({ before: picture, after: picture, mask: createMask(2, 2) }),
        checkReading(colour(-3, 99, 0)),
        checkReading({
          kind: 'spectrum',
          reflectance01: { startNm: 450, stepNm: 10, values: new Float64Array(9) },
          instrument: 'sphere-sci',
        }),
        healedAgainstPlan({ predicted: [] }, { white: 'D65/10', L: 60, a: 9, b: 15 }, 12.5),
        healedAgainstPlan({ predicted: [] }, { white: 'D65/10', L: 60, a: 9, b: 15 }, 90),
        healedAgainstPlan({ predicted: [] }, { white: 'D65/10', L: 600, a: 9, b: 15 }, 90),
      ]),
    ).toEqual([]);

    const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
    /** A file with one piece of it gone wrong. */
    const spoilt = (text: string): string => {
      const lines = text.split('\n');
      const n = Math.floor(between(0, Math.min(lines.length, 30)));
      const spoil: readonly ((line: string) => string)[] = [
        (line) => line.replace(/[\d.]+/, '250'),
        (line) => line.replace(/,[^,]+/, ','),
        (line) => line.replace(/,[^,]+/, ',87.5'),
        (line) => line.replace(/,[^,]+/, ',-3'),
        (line) => line.replace(/,[^,]+/, ',none'),
        (line) => `${line},0.2`,
        (line) => line.replace(/^[^,]+/, '4'),
        () => '',
      ];
      const change = spoil[Math.floor(between(0, spoil.length))];
      return lines.map((line, i) => (i === n ? change(line) : line)).join('\n');
    };
    const spectra = fixture('data/skin_nist_train_avg_5nm.csv');
    const drawdowns = fixture('pigments/paint_kimera_masstone_tint.csv');
    const pigments = JSON.stringify(pigmentDocument(samplePaints), null, 1);
    const files = Array.from({ length: 120 }, () => [
      parseSpectraCsv(spoilt(spectra)),
      parsePigments(spoilt(drawdowns)),
      parsePigments(spoilt(pigments)),
    ]).flat();
    expect(new Set(files.flatMap((file) => heard(file))).size).toBeGreaterThan(20);
    expect(unknown(files)).toEqual([]);
  });
});
