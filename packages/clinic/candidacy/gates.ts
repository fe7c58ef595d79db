/**
 * The gates a person passes before micro-pigmentation, as data. Wording lives in `texts/`.
 *
 * STOP means "not now", DEFER carries a time rule, REVIEW leaves the decision to the physician, INFORM only tells.
 * Every gate is a choice of options; the first option is always the clear one and carries no effect. Nothing here
 * has been signed by a clinician yet: `reviewState` says so and the screens repeat it.
 */

export const treatments = ['scalp', 'lip', 'vitiligo'] as const;
export type Treatment = (typeof treatments)[number];

/** From most to least permissive. */
export const outcomes = ['may-book', 'wait-until', 'see-doctor-first', 'not-this-treatment'] as const;
export type Outcome = (typeof outcomes)[number];

export type GateAction = 'STOP' | 'DEFER' | 'REVIEW' | 'INFORM';

/** Counted in calendar units from the date that comes with the answer. */
export type Wait = { readonly weeks: number } | { readonly months: number } | { readonly years: number };

export interface Effect {
  readonly action: GateAction;
  readonly outcome: Outcome;
  /** With a date: the finding holds until date + wait. Without one it holds until someone looks again. */
  readonly wait?: Wait;
  /** What remains of the finding once the wait is over; without it the finding is spent. */
  readonly afterWait?: { readonly action: GateAction; readonly outcome: Outcome };
  /** Something the later plan must not use, whatever the outcome. */
  readonly restriction?: Restriction;
}

export type Restriction = 'no-prilocaine' | 'avoid-pigment-of-earlier-reaction';

export interface GateOption {
  readonly id: string;
  /** Absent: this answer clears the gate. */
  readonly effect?: Effect;
  /** Where the effect differs between treatments. */
  readonly effectFor?: Partial<Record<Treatment, Effect>>;
  /** Asks for a past date: when it last changed, ended, or (G26) the date of birth. */
  readonly asksDate?: true;
}

export type StepId = 'you' | 'area' | 'skin' | 'health' | 'medicines' | 'good-to-know';

export interface Gate {
  readonly id: GateId;
  readonly treatments: readonly Treatment[];
  readonly audience: 'visitor' | 'physician';
  readonly answerKind: 'yes-no' | 'choice' | 'choice-and-date';
  readonly step: StepId;
  readonly options: readonly [GateOption, ...GateOption[]];
  /** What an unknown answer does. Never a permission, except that INFORM gates only tell. */
  readonly unknown: Effect;
  /** seen: read in the named source; known: background knowledge; derived: our proposal from cited items. */
  readonly mark: 'seen' | 'known' | 'derived';
  readonly source: string;
  readonly reviewState: 'unreviewed' | 'reviewed';
}

export const gateIds = [
  'G01',
  'G02',
  'G03',
  'G04',
  'G05',
  'G06',
  'G07',
  'G08',
  'G09',
  'G10',
  'G11',
  'G12',
  'G13',
  'G14',
  'G15',
  'G16',
  'G17',
  'G18',
  'G19',
  'G20',
  'G21',
  'G22',
  'G23',
  'G24',
  'G25',
  'G26',
  'G27',
  'G28',
  'G29',
  'G30',
] as const;
export type GateId = (typeof gateIds)[number];

const known = 'Background clinical knowledge, awaiting a physician’s signature';
const all = treatments;

const see: Effect = { action: 'REVIEW', outcome: 'see-doctor-first' };
const stopSee: Effect = { action: 'STOP', outcome: 'see-doctor-first' };
const stopUntilHealed: Effect = { action: 'STOP', outcome: 'wait-until' };
const tell: Effect = { action: 'INFORM', outcome: 'may-book' };
const no: GateOption = { id: 'no' };

type Frame = Pick<Gate, 'treatments' | 'step' | 'mark' | 'source'> & { audience?: Gate['audience'] };

function gate(
  id: GateId,
  frame: Frame,
  options: readonly GateOption[],
  answerKind: Gate['answerKind'],
  unknown: Effect,
): Gate {
  return {
    id,
    treatments: frame.treatments,
    audience: frame.audience ?? 'visitor',
    answerKind,
    step: frame.step,
    options: [no, ...options],
    unknown,
    mark: frame.mark,
    source: frame.source,
    reviewState: 'unreviewed',
  };
}

/** A question where "yes" is the finding. Not knowing sends a person to the doctor. */
function yesNo(id: GateId, frame: Frame, effect: Effect): Gate {
  const unknown = effect.outcome === 'may-book' ? effect : see;
  return gate(id, frame, [{ id: 'yes', effect }], 'yes-no', unknown);
}

function choice(id: GateId, frame: Frame, options: readonly GateOption[]): Gate {
  const dated = options.some((o) => o.asksDate);
  return gate(id, frame, options, dated ? 'choice-and-date' : 'choice', see);
}

export const gates: readonly Gate[] = [
  yesNo('G01', { treatments: ['vitiligo'], step: 'area', mark: 'known', source: known }, stopSee),
  yesNo('G02', { treatments: ['lip'], step: 'area', mark: 'known', source: known }, stopSee),
  yesNo('G03', { treatments: all, step: 'area', mark: 'known', source: known }, stopSee),
  yesNo('G04', { treatments: all, step: 'area', mark: 'known', source: known }, stopUntilHealed),
  choice(
    'G05',
    {
      treatments: ['vitiligo', 'lip'],
      step: 'area',
      mark: 'seen',
      source: 'Parsad, IJDVL 2008;74:37; UK guideline as summarised; Ezzedine 2012 (judge each lesion)',
    },
    [
      {
        id: 'changed',
        effect: { action: 'STOP', outcome: 'wait-until', wait: { months: 12 } },
        asksDate: true,
      },
    ],
  ),
  yesNo(
    'G06',
    {
      treatments: ['vitiligo', 'lip'],
      audience: 'physician',
      step: 'area',
      mark: 'seen',
      source: 'UK vitiligo guideline as summarised (signs of activity)',
    },
    { action: 'STOP', outcome: 'not-this-treatment' },
  ),
  choice('G07', { treatments: ['vitiligo'], step: 'area', mark: 'known', source: known }, [
    { id: 'ongoing', effect: { action: 'DEFER', outcome: 'wait-until' } },
    {
      id: 'ended',
      effect: { action: 'DEFER', outcome: 'wait-until', wait: { weeks: 12 } },
      asksDate: true,
    },
  ]),
  choice(
    'G08',
    {
      treatments: all,
      step: 'skin',
      mark: 'seen',
      source: 'Rathi, lecture on tattooing and micropigmentation',
    },
    [
      { id: 'self', effect: { action: 'STOP', outcome: 'not-this-treatment' } },
      { id: 'family', effect: see },
    ],
  ),
  yesNo(
    'G09',
    {
      treatments: all,
      step: 'skin',
      mark: 'seen',
      source: 'Rathi, lecture on tattooing and micropigmentation',
    },
    { ...stopSee, restriction: 'avoid-pigment-of-earlier-reaction' },
  ),
  yesNo('G10', { treatments: all, step: 'medicines', mark: 'known', source: known }, see),
  yesNo('G11', { treatments: ['lip'], step: 'area', mark: 'known', source: known }, stopUntilHealed),
  yesNo(
    'G12',
    {
      treatments: ['lip'],
      step: 'skin',
      mark: 'seen',
      source: 'Dermatol Surg 2000;26:50 (facial resurfacing, n = 84), extrapolated to lips',
    },
    see,
  ),
  choice(
    'G13',
    {
      treatments: all,
      step: 'medicines',
      mark: 'seen',
      source:
        'Product labels (6 months); Waldman 2017 doi:10.1097/dss.0000000000001166 (tattooing not assessed)',
    },
    [
      { id: 'now', effect: see },
      {
        id: 'ended',
        effect: { action: 'REVIEW', outcome: 'wait-until', wait: { months: 6 } },
        asksDate: true,
      },
    ],
  ),
  yesNo(
    'G14',
    {
      treatments: all,
      step: 'medicines',
      mark: 'seen',
      source: 'Palamaras doi:10.1111/bjd.13362; German S3 guideline PMID 25819254',
    },
    see,
  ),
  yesNo('G15', { treatments: all, step: 'health', mark: 'known', source: known }, stopSee),
  choice('G16', { treatments: all, step: 'you', mark: 'known', source: known }, [
    { id: 'pregnant', effect: { action: 'DEFER', outcome: 'wait-until' } },
    { id: 'breastfeeding', effect: { action: 'DEFER', outcome: 'wait-until' } },
  ]),
  choice('G17', { treatments: all, step: 'health', mark: 'seen', source: 'Lay pages only (grade C)' }, [
    { id: 'under-7' },
    { id: '7-to-8', effect: see },
    { id: 'over-8', effect: { action: 'DEFER', outcome: 'wait-until' } },
  ]),
  yesNo('G18', { treatments: all, step: 'health', mark: 'known', source: known }, see),
  yesNo(
    'G19',
    { treatments: all, step: 'health', mark: 'seen', source: 'Dieckmann 2016 doi:10.3238/arztebl.2016.0665' },
    see,
  ),
  yesNo(
    'G20',
    {
      treatments: all,
      step: 'health',
      mark: 'seen',
      source: 'Spurr 2022 doi:10.1177/2050313X221117720; Cureus 2026 doi:10.7759/cureus.102227',
    },
    stopSee,
  ),
  choice(
    'G21',
    { treatments: all, step: 'health', mark: 'known', source: `Clinic pages (grade C); interval: ${known}` },
    [
      { id: 'during', effect: { action: 'STOP', outcome: 'see-doctor-first' } },
      {
        id: 'ended',
        effect: {
          action: 'STOP',
          outcome: 'see-doctor-first',
          wait: { months: 6 },
          afterWait: { action: 'REVIEW', outcome: 'see-doctor-first' },
        },
        asksDate: true,
      },
    ],
  ),
  choice('G22', { treatments: all, step: 'area', mark: 'seen', source: 'Clinic pages (grade C)' }, [
    {
      id: 'young',
      effect: { action: 'DEFER', outcome: 'wait-until', wait: { months: 12 } },
      asksDate: true,
    },
    { id: 'red-or-raised', effect: { action: 'DEFER', outcome: 'wait-until' } },
    { id: 'surgery-planned', effect: { action: 'DEFER', outcome: 'wait-until' } },
  ]),
  choice('G23', { treatments: ['scalp'], step: 'area', mark: 'known', source: known }, [
    {
      id: 'transplant',
      effect: { action: 'REVIEW', outcome: 'see-doctor-first', wait: { months: 12 } },
      asksDate: true,
    },
    { id: 'fast-loss-under-25', effect: see },
  ]),
  yesNo(
    'G24',
    {
      treatments: all,
      step: 'medicines',
      mark: 'seen',
      source: 'Lidocaine/prilocaine label precautions; Explor Anim Med Res 2021 (6.6 %, 95/1,436, Assam)',
    },
    // It rules out one cream, not the treatment; not knowing rules the cream out just the same.
    { ...tell, restriction: 'no-prilocaine' },
  ),
  choice('G25', { treatments: ['vitiligo'], step: 'area', mark: 'known', source: known }, [
    { id: 'near-eye-healthy', effect: see },
    { id: 'near-eye-trouble', effect: stopSee },
  ]),
  choice('G26', { treatments: all, step: 'you', mark: 'known', source: known }, [
    {
      id: 'under-18',
      asksDate: true,
      effectFor: {
        scalp: { action: 'STOP', outcome: 'wait-until', wait: { years: 18 } },
        // Cleft scars and vitiligo only: physician, guardian and the young person's own assent.
        lip: { action: 'STOP', outcome: 'see-doctor-first', wait: { years: 18 } },
        vitiligo: { action: 'STOP', outcome: 'see-doctor-first', wait: { years: 18 } },
      },
    },
  ]),
  yesNo('G27', { treatments: all, audience: 'physician', step: 'you', mark: 'known', source: known }, see),
  yesNo(
    'G28',
    {
      treatments: all,
      step: 'good-to-know',
      mark: 'seen',
      source: 'Army recruitment rules as reported, 2015',
    },
    tell,
  ),
  yesNo(
    'G29',
    {
      treatments: all,
      step: 'good-to-know',
      mark: 'seen',
      source: 'Indian blood-donor rule as reported, 2018; check the current rule',
    },
    tell,
  ),
  yesNo(
    'G30',
    {
      treatments: all,
      step: 'good-to-know',
      mark: 'seen',
      source: 'Tope 2002 doi:10.1002/jmri.10049 (2/135); Callaghan 2019 (585 scans)',
    },
    tell,
  ),
];
