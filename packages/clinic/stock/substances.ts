/**
 * Substances that keep an ink out of skin, or that somebody must look at, as data. Nothing here has been signed by a
 * clinician; the effects and limits are shown with their source and state.
 */

export const hazards = [
  'carcinogen',
  'mutagen',
  'reprotoxic',
  'sensitiser',
  'corrosive-or-irritant',
  'eye',
] as const;
export type Hazard = (typeof hazards)[number];

export interface SubstanceRule {
  readonly code: string;
  /** `refuse`: is not received and not used. `warn`: is received only with a reason. `note`: is said. */
  readonly effect: 'refuse' | 'warn' | 'note';
  /** What it is, in the trade's words. */
  readonly substance: string;
  readonly ciNumbers: readonly string[];
  readonly cas: readonly string[];
  /** Percent by weight from which the rule applies; without one, any amount. */
  readonly fromPercent?: number;
  readonly source: string;
  readonly review: 'unreviewed';
}

const blocklist = 'Domain reference 2.3: blocklist; CI and CAS numbers from background knowledge';
const restricted = 'Domain reference 2.3 [74]: Regulation (EU) 2020/2081, entry 75, since 4 January 2023';
const appendix13 =
  'Regulation (EU) 2020/2081, Appendix 13 to Annex XVII of REACH; figures from background knowledge, to be compared with the Official Journal';

const metal = (code: string, substance: string, cas: string, fromPercent: number): SubstanceRule => ({
  code,
  effect: 'warn',
  substance,
  ciNumbers: [],
  cas: [cas],
  fromPercent,
  source: appendix13,
  review: 'unreviewed',
});

export const substanceRules: readonly SubstanceRule[] = [
  {
    code: 'blocklist-mercury',
    effect: 'refuse',
    substance: 'mercury sulfide (cinnabar, CI 77766)',
    ciNumbers: ['77766'],
    cas: ['1344-48-5'],
    source: blocklist,
    review: 'unreviewed',
  },
  {
    code: 'blocklist-cadmium',
    effect: 'refuse',
    substance: 'cadmium sulfide (CI 77199)',
    ciNumbers: ['77199'],
    cas: ['1306-23-6'],
    source: blocklist,
    review: 'unreviewed',
  },
  {
    code: 'eu-restricted-blue',
    effect: 'warn',
    substance: 'Pigment Blue 15:3 (CI 74160)',
    ciNumbers: ['74160'],
    cas: ['147-14-8'],
    source: restricted,
    review: 'unreviewed',
  },
  {
    code: 'eu-restricted-green',
    effect: 'warn',
    substance: 'Pigment Green 7 (CI 74260)',
    ciNumbers: ['74260'],
    cas: ['1328-53-6'],
    source: restricted,
    review: 'unreviewed',
  },
  {
    code: 'azo-check',
    effect: 'note',
    substance: 'azo pigment (CI 12475, 12370, 21108, 21110)',
    ciNumbers: ['12475', '12370', '21108', '21110'],
    cas: [],
    source: 'Domain reference 2.3, background knowledge',
    review: 'unreviewed',
  },
  metal('limit-mercury', 'mercury', '7439-97-6', 0.00005),
  metal('limit-nickel', 'nickel', '7440-02-0', 0.0005),
  metal('limit-antimony', 'antimony', '7440-36-0', 0.00005),
  metal('limit-arsenic', 'arsenic', '7440-38-2', 0.00005),
  metal('limit-barium', 'barium, soluble', '7440-39-3', 0.05),
  metal('limit-cadmium', 'cadmium', '7440-43-9', 0.00005),
  metal('limit-chromium-6', 'chromium VI', '18540-29-9', 0.00005),
  metal('limit-cobalt', 'cobalt', '7440-48-4', 0.00005),
  metal('limit-copper', 'copper, soluble', '7440-50-8', 0.025),
  metal('limit-zinc', 'zinc, soluble', '7440-66-6', 0.2),
  metal('limit-lead', 'lead', '7439-92-1', 0.00007),
  metal('limit-selenium', 'selenium', '7782-49-2', 0.0002),
  metal('limit-benzo-a-pyrene', 'benzo[a]pyrene', '50-32-8', 0.0000005),
];

/** Percent by weight from which a substance of a hazard class may not be in an ink sold in the European Union. */
export const hazardLimits: Record<Hazard, { readonly fromPercent: number; readonly asPhRegulator?: number }> =
  {
    carcinogen: { fromPercent: 0.00005 },
    mutagen: { fromPercent: 0.00005 },
    reprotoxic: { fromPercent: 0.001 },
    sensitiser: { fromPercent: 0.001 },
    'corrosive-or-irritant': { fromPercent: 0.01, asPhRegulator: 0.1 },
    eye: { fromPercent: 0.01, asPhRegulator: 0.1 },
  };
export const hazardSource = {
  source:
    'Domain reference 2.3 [74]: Regulation (EU) 2020/2081, entry 75 points (a) to (d), in force 4 January 2022',
  review: 'unreviewed',
} as const;
