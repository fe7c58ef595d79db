/**
 * The red-flag table as data: which signs mean what, how urgent, and what raises it. Clinical reference, section 6.2; all
 * urgencies are background knowledge that no clinician has signed yet. What people are asked and told is in `texts/`.
 *
 * A sign is one box a person can tick; a detail is a second box below it. Rows are put together from signs, details and
 * time by "any" and "all" alone, without "not": so ticking one more box can never make an answer less urgent.
 */

/** From least to most urgent. SELF: look after it at home. 24H: call within 24 hours. DAY: be seen today. */
export const urgencies = ['SELF', '24H', 'DAY', 'EMERG'] as const;
export type Urgency = (typeof urgencies)[number];

/** In the order they are asked: what cannot wait comes first. */
export const signGroups = [
  {
    id: 'danger',
    signs: ['allergic-shock', 'numbing', 'grey-blue', 'eye', 'sepsis', 'bleeding', 'despair'],
  },
  {
    id: 'place',
    signs: [
      'infection',
      'redness-growing',
      'blisters',
      'bumps',
      'itchy-raised',
      'white-patch',
      'firm-scar',
      'colour',
      'shedding',
      'mild-redness',
      'small-bruise',
      'flaking',
    ],
  },
  { id: 'elsewhere', signs: ['lid', 'dry-eyes', 'numb-face', 'jaundice', 'needle-worry'] },
] as const;
export type SignGroup = (typeof signGroups)[number]['id'];
export type Sign = (typeof signGroups)[number]['signs'][number];
export const signs: readonly Sign[] = signGroups.flatMap((group): readonly Sign[] => group.signs);

/** Second questions, each below its sign. */
export const details = {
  'bleeding-near-eye-or-mouth': 'bleeding',
  'bleeding-thinner': 'bleeding',
  'blisters-near-eye': 'blisters',
  'itchy-cough-breath-eye': 'itchy-raised',
  'lid-fever-sight-movement': 'lid',
  'needle-within-72h': 'needle-worry',
} as const satisfies Record<string, Sign>;
export type Detail = keyof typeof details;

/** Time counts from the end of the session. */
export type Condition =
  | { readonly sign: Sign }
  | { readonly detail: Detail }
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] }
  | { readonly hours: { readonly from?: number; readonly to?: number } }
  | { readonly known: 'blood-thinner' };

export const rowIds = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R05',
  'R06',
  'R07',
  'R08',
  'R09',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
  'R18',
  'R19',
  'R20',
] as const;
export type RowId = (typeof rowIds)[number];

export interface RedFlag {
  readonly id: RowId;
  readonly urgency: Urgency;
  readonly when: Condition;
  /** The table's "→". */
  readonly escalations: readonly { readonly to: Urgency; readonly when: Condition }[];
  readonly source: string;
  readonly mark: 'seen' | 'known' | 'derived';
  readonly review: 'unreviewed' | 'reviewed';
}

const day = 24;
const week = 7 * day;
const sign = (one: Sign): Condition => ({ sign: one });
const detail = (one: Detail): Condition => ({ detail: one });
const any = (...of: Condition[]): Condition => ({ any: of });
const all = (...of: Condition[]): Condition => ({ all: of });
const from = (hours: number): Condition => ({ hours: { from: hours } });
const upTo = (hours: number): Condition => ({ hours: { to: hours } });

const unsigned = {
  source: 'Clinical reference 6.2',
  mark: 'known',
  review: 'unreviewed',
} as const;

const row = (
  id: RowId,
  urgency: Urgency,
  when: Condition,
  ...escalations: RedFlag['escalations']
): RedFlag => ({ id, urgency, when, escalations, ...unsigned });

export const redFlags: readonly RedFlag[] = [
  row('R01', 'EMERG', sign('allergic-shock')),
  // The box itself says "since the numbing"; it stays an emergency on any day, because a seizure is one.
  row('R02', 'EMERG', sign('numbing')),
  // Which cream was used is for the hospital to hear, not for the person to know before going.
  row('R03', 'EMERG', sign('grey-blue')),
  row('R04', 'EMERG', sign('eye')),
  row('R05', 'EMERG', all(sign('lid'), detail('lid-fever-sight-movement'))),
  row('R06', 'EMERG', sign('sepsis')),
  row('R07', 'DAY', sign('bleeding'), {
    to: 'EMERG',
    when: any(detail('bleeding-near-eye-or-mouth'), detail('bleeding-thinner'), { known: 'blood-thinner' }),
  }),
  row('R08', 'DAY', any(sign('infection'), all(sign('redness-growing'), from(3 * day)))),
  row('R09', 'DAY', sign('blisters'), { to: 'EMERG', when: detail('blisters-near-eye') }),
  row('R10', '24H', all(sign('bumps'), from(week))),
  row('R11', '24H', sign('itchy-raised'), { to: 'DAY', when: detail('itchy-cough-breath-eye') }),
  row('R12', '24H', sign('white-patch')),
  row('R13', '24H', all(sign('firm-scar'), from(4 * week))),
  row('R14', '24H', all(sign('dry-eyes'), from(week))),
  row('R15', 'DAY', all(sign('numb-face'), from(12))),
  row('R16', '24H', any(all(sign('jaundice'), upTo(183 * day)), sign('needle-worry')), {
    to: 'DAY',
    when: all(sign('needle-worry'), any(detail('needle-within-72h'), upTo(72))),
  }),
  row('R17', '24H', sign('shedding')),
  row('R18', 'EMERG', sign('despair')),
  row('R19', '24H', sign('colour')),
  row(
    'R20',
    'SELF',
    any(
      all(sign('mild-redness'), upTo(72)),
      sign('small-bruise'),
      all(sign('flaking'), from(3 * day), upTo(11 * day)),
    ),
  ),
];

/** Named in every answer, so that it can be read with the table it was weighed by. */
export const redFlagVersion = 'red-flags/1';
