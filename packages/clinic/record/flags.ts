/**
 * What in a person's health rules and alerts act upon, as data. The gates are those of `candidacy/gates.ts`; a flag says
 * that a gate's finding stands in the record. None has been signed by a clinician: `reviewState`, shown with every alert.
 */
import type { GateId } from '../candidacy/rules.ts';

export const healthKinds = ['history', 'allergy', 'medicine'] as const;
export type HealthKind = (typeof healthKinds)[number];

interface FlagData {
  readonly kind: HealthKind;
  /** The gate whose finding it is; absent where no gate asks. */
  readonly gate?: GateId;
  /** The gate's answer that sets it. */
  readonly choices?: readonly string[];
  /** Shown in the head of the chart: `stop` first. */
  readonly alert: 'stop' | 'mind' | 'none';
  readonly source: string;
  readonly reviewState: 'unreviewed' | 'reviewed';
}

const known = 'Background clinical knowledge, awaiting a physician’s signature';
const asGate = 'As the gate';
const state = 'unreviewed';

export const healthFlags = {
  'amide-anaesthetic-allergy': {
    kind: 'allergy',
    gate: 'G10',
    choices: ['yes'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  'pigment-reaction': {
    kind: 'allergy',
    gate: 'G09',
    choices: ['yes'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  'latex-allergy': { kind: 'allergy', alert: 'stop', source: known, reviewState: state },
  'other-allergy': { kind: 'allergy', alert: 'mind', source: known, reviewState: state },
  // The gate asks for deficiency and for oxidant medicines in one question, because both rule out prilocaine.
  'no-prilocaine': {
    kind: 'history',
    gate: 'G24',
    choices: ['yes', 'unsure'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  'g6pd-deficiency': { kind: 'history', alert: 'stop', source: 'As gate G24', reviewState: state },
  methaemoglobinaemia: { kind: 'history', alert: 'stop', source: 'As gate G24', reviewState: state },
  'oxidant-medicine': { kind: 'medicine', alert: 'stop', source: 'As gate G24', reviewState: state },
  anticoagulant: {
    kind: 'medicine',
    gate: 'G14',
    choices: ['yes'],
    alert: 'mind',
    source: asGate,
    reviewState: state,
  },
  isotretinoin: {
    kind: 'medicine',
    gate: 'G13',
    choices: ['now'],
    alert: 'mind',
    source: asGate,
    reviewState: state,
  },
  immunosuppressant: {
    kind: 'medicine',
    gate: 'G18',
    choices: ['yes'],
    alert: 'mind',
    source: asGate,
    reviewState: state,
  },
  'epinephrine-caution': {
    kind: 'medicine',
    alert: 'mind',
    source: 'domain reference, section 3: severe hypertension, arrhythmia, MAOI or tricyclic use',
    reviewState: state,
  },
  'bleeding-disorder': {
    kind: 'history',
    gate: 'G15',
    choices: ['yes'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  'keloid-history': {
    kind: 'history',
    gate: 'G08',
    choices: ['self'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  pregnant: {
    kind: 'history',
    gate: 'G16',
    choices: ['pregnant'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  breastfeeding: {
    kind: 'history',
    gate: 'G16',
    choices: ['breastfeeding'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  sarcoidosis: {
    kind: 'history',
    gate: 'G20',
    choices: ['yes'],
    alert: 'stop',
    source: asGate,
    reviewState: state,
  },
  'heart-valve': {
    kind: 'history',
    gate: 'G19',
    choices: ['yes'],
    alert: 'mind',
    source: asGate,
    reviewState: state,
  },
  diabetes: {
    kind: 'history',
    gate: 'G17',
    choices: ['under-7', '7-to-8', 'over-8'],
    alert: 'mind',
    source: asGate,
    reviewState: state,
  },
  'cold-sores': {
    kind: 'history',
    gate: 'G12',
    choices: ['yes'],
    alert: 'none',
    source: asGate,
    reviewState: state,
  },
} as const satisfies Record<string, FlagData>;

export type HealthFlag = keyof typeof healthFlags;
export const healthFlagIds = Object.keys(healthFlags) as [HealthFlag, ...HealthFlag[]];

/** The flags that answers to gates set. An answer of "not sure" sets only flags that are safer to assume. */
export function flagsOfAnswers(
  answers: Partial<Record<GateId, { readonly choice: string }>>,
): readonly HealthFlag[] {
  return healthFlagIds.filter((id) => {
    const { gate, choices }: FlagData = healthFlags[id];
    const choice = gate && answers[gate]?.choice;
    return choice !== undefined && (choices?.includes(choice) ?? false);
  });
}
