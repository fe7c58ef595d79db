/** What a session is told, browser-safe: the entries of its journal, and what it begins with. */
import { z } from 'zod';
import { treatmentSchema } from '../candidacy/schema.ts';

const sessionStates = ['open', 'kept', 'signed'] as const;
export type SessionState = (typeof sessionStates)[number];

const words = (most: number) => z.string().trim().min(1, 'Say it in a few words.').max(most);
/** Part of the region, as the clinic calls it: "hairline", "upper lip", "patch 2". */
const zone = z.string().trim().max(60);
const mm = z.number().min(0).max(10);

/** Where the substance of a product is and how much: 2 % lidocaine is 20 mg in one mL. */
const activeSchema = z.object({
  substance: z.enum(['lidocaine', 'prilocaine', 'epinephrine']),
  mgPer: z.number().positive().max(1000),
});
const numbingProductSchema = z.object({
  id: z.string().min(1).max(80),
  name: z.string().min(1).max(120),
  route: z.enum(['injected', 'topical']),
  /** Milligrams are per millilitre of what is injected, per gram of what is put on. */
  actives: z.array(activeSchema).min(1).max(4),
});
export type NumbingProduct = z.infer<typeof numbingProductSchema>;

const applicationSchema = z.object({
  product: numbingProductSchema,
  lotId: z.uuid().optional(),
  zone,
  /** Millilitres injected, or grams put on. */
  amount: z.number().positive('How much?').max(500),
  /** Of a cream. */
  areaCm2: z.number().positive('On how many cm²?').max(5000).optional(),
  skin: z.enum(['intact', 'eczema', 'broken']),
  nearEye: z.boolean(),
  /** Why broken skin is numbed again: asked for whenever it is. */
  reason: z.string().trim().max(400).optional(),
});
export type Application = z.infer<typeof applicationSchema>;

export const sexes = ['female', 'male', 'unknown'] as const;
const bleedings = ['none', 'pinpoint', 'more'] as const;
const endpoints = ['even-colour', 'planned-density', 'skin-tired', 'not-reached'] as const;
const stopReasons = [
  'as-planned',
  'bleeding',
  'pain',
  'numbing-limit',
  'reaction',
  'patient-wish',
  'time',
  'equipment',
  'other',
] as const;

/** Fields that hold one value at a time; two devices may disagree about them until a physician chooses. */
const fieldSchemas = {
  weightKg: z.number().min(1, 'Weight in kilograms.').max(300),
  heightCm: z.number().min(40, 'Height in centimetres.').max(230),
  sex: z.enum(sexes),
  operatorId: z.uuid(),
  physicianId: z.uuid(),
  machine: words(120),
  /** Parts of diluent to one part of pigment; 0 is undiluted. */
  diluentParts: z.number().min(0).max(50),
  depth: z.object({ lowMm: mm, highMm: mm }).refine(({ lowMm, highMm }) => lowMm <= highMm, {
    message: 'The lower depth comes first.',
    path: ['highMm'],
  }),
  bleeding: z.enum(bleedings),
  endpoint: z.enum(endpoints),
  stopReason: z.enum(stopReasons),
  /** Asked for when more was given than the ledger allows; a physician writes it. */
  overLimitNote: words(1000),
} as const;
export type FieldName = keyof typeof fieldSchemas;
const fieldNames = Object.keys(fieldSchemas) as readonly FieldName[];
export type FieldValues = { readonly [F in FieldName]: z.infer<(typeof fieldSchemas)[F]> };

const replaces = z.array(z.uuid()).max(20);
const settings = fieldNames.map((field) =>
  z.object({ field: z.literal(field), value: fieldSchemas[field], replaces }),
);

/** The body of an entry by its kind. */
const bodySchemas = {
  /** A value of a field, and the entries whose values it stands in place of: those its writer saw. */
  set: z.union(settings) as z.ZodType<SetBody>,
  numbing: applicationSchema,
  'numbing-removed': z.object({ of: z.uuid() }),
  pigment: z.object({
    lotId: z.uuid(),
    name: words(120),
    zone,
    drops: z.number().positive('How many drops?').max(2000),
  }),
  /** Without a lot only what came before lots of diluent were kept. */
  diluent: z.object({
    lotId: z.uuid().optional(),
    name: words(120).optional(),
    zone,
    drops: z.number().positive('How many drops?').max(2000),
  }),
  needle: z.object({ lotId: z.uuid(), name: words(120), zone, count: z.int().min(1).max(50) }),
  /** Whatever else has a lot and is counted in pieces: a cartridge membrane, gauze, a dressing. */
  consumable: z.object({ lotId: z.uuid(), name: words(120), zone, count: z.int().min(1).max(200) }),
  pass: z.object({ zone, passes: z.int().min(1).max(50), depthMm: mm.optional() }),
  photo: z.object({
    photoId: z.uuid(),
    view: z.string().trim().max(60),
    moment: z.enum(['before', 'during', 'after']),
  }),
  deviation: z.object({ text: words(1000) }),
  note: z.object({ text: words(2000) }),
  /** Takes an entry back; it stays in the journal, struck through. */
  void: z.object({ of: z.uuid(), reason: z.string().trim().max(400) }),
  /** Only once the session is signed. */
  addendum: z.object({ text: words(4000) }),
} as const;
export type EntryKind = keyof typeof bodySchemas;
const entryKinds = Object.keys(bodySchemas) as readonly EntryKind[];

export type SetBody = {
  [F in FieldName]: {
    readonly field: F;
    readonly value: FieldValues[F];
    readonly replaces: readonly string[];
  };
}[FieldName];
export type BodyOf<K extends EntryKind> = z.infer<(typeof bodySchemas)[K]>;
export type EntryBody = { [K in EntryKind]: { readonly kind: K; readonly body: BodyOf<K> } }[EntryKind];

const entryHead = z.object({
  id: z.uuid(),
  deviceId: z.uuid(),
  /** The device's own count of what it wrote, from 1. */
  counter: z.int().min(1).max(2_000_000_000),
  /** How much of the session's journal the device knew. */
  seenSeq: z.int().min(0).max(2_000_000_000),
  /** By the device's clock, which nobody trusts. */
  saidAt: z.iso.datetime(),
  madeBy: z.uuid(),
  kind: z.enum(entryKinds as [EntryKind, ...EntryKind[]]),
  body: z.unknown(),
});
export type EntryHead = Omit<z.infer<typeof entryHead>, 'kind' | 'body'>;
/** An entry as a device makes it. */
export type DeviceEntry = EntryHead & EntryBody;

/** An entry as the journal keeps it. */
export type JournalEntry = DeviceEntry & {
  /** Place in the journal. It says in which order entries arrived, not in which things happened. */
  readonly seq: number;
  readonly happenedAt: string;
  readonly flags: readonly EntryFlag[];
};
export type EntryFlag = 'over-limit' | 'ruled-out' | 'after-signing' | 'consent-withdrawn' | 'held-lot';

/** What a device sends: any number of entries again, if it does not know whether they arrived. */
export const pushSchema = z.object({
  /** By the same clock as `saidAt`, at the moment of sending. */
  sentAt: z.iso.datetime(),
  /** The device knows the journal up to here; it is answered with the rest. */
  knownSeq: z.int().min(0),
  /** How many doses of other sessions the device knows of. */
  knownEarlier: z.int().min(0).optional(),
  /** What it knows to be ruled out, of what the record said only after the session had begun. */
  knownRuledOut: z.array(z.enum(['amides', 'prilocaine'])).optional(),
  entries: z.array(entryHead).max(500),
});
export type Push = z.input<typeof pushSchema>;

/** Reads the body that belongs to the kind; the fault names the field. */
export function parseEntry(
  raw: z.infer<typeof entryHead>,
):
  | { readonly ok: true; readonly entry: DeviceEntry }
  | { readonly ok: false; readonly message: string; readonly field: string } {
  const body = bodySchemas[raw.kind].safeParse(raw.body);
  if (body.success) return { ok: true, entry: { ...raw, kind: raw.kind, body: body.data } as DeviceEntry };
  const issue = body.error.issues[0];
  return { ok: false, message: issue?.message ?? 'This cannot be used.', field: issue?.path.join('.') ?? '' };
}

export const startForm = z.object({
  patientId: z.uuid(),
  treatment: treatmentSchema,
  planId: z.uuid().optional(),
  branchId: z.uuid().optional(),
  operatorId: z.uuid().optional(),
  physicianId: z.uuid(),
  /** Whole years on the day of the session, where the record does not know the day of birth. */
  ageYears: z.int().min(0).max(120).optional(),
  /** Made by the page that asks: asked twice, one session begins. */
  sessionId: z.uuid(),
});
export type StartForm = z.input<typeof startForm>;

/** A lot a session may take from, with what the tablet must know when it has no line. */
export interface UsableLot {
  readonly id: string;
  readonly kind: 'pigment' | 'needle' | 'drug' | 'consumable';
  readonly name: string;
  readonly lotNumber: string;
  readonly expiresOn: string | null;
  readonly unit: 'drop' | 'ml' | 'g' | 'mg' | 'piece';
  readonly isOpen: boolean;
  /** Of a drug that numbs. */
  readonly numbing?: NumbingProduct;
}

/** Lots a mixture can be thinned from: counted by volume, and nothing that numbs. */
export function isDiluent({ kind, unit, numbing }: UsableLot): boolean {
  return (kind === 'consumable' || kind === 'drug') && (unit === 'drop' || unit === 'ml') && !numbing;
}

export interface Proposal {
  /** Where it is from; undefined when there was neither. */
  readonly plan?: { readonly planId: string; readonly version: number };
  readonly lastSessionId?: string;
  readonly zones: readonly string[];
  readonly fields: Partial<FieldValues>;
  /** Drops of the recipe; the lot in use where the shelf has one of that name. */
  readonly pigments: readonly {
    readonly name: string;
    readonly zone: string;
    readonly drops: number;
    readonly lotId?: string;
  }[];
  readonly diluents?: readonly {
    readonly name: string;
    readonly zone: string;
    readonly drops: number;
    readonly lotId?: string;
  }[];
  readonly needles: readonly ProposedPieces[];
  readonly consumables?: readonly ProposedPieces[];
  readonly passes?: number;
  /** A line each zone of last time. */
  readonly passLines?: readonly BodyOf<'pass'>[];
  /** What was given last time. A dose is never taken over with the rest: each is pressed and checked against the limit. */
  readonly numbing?: readonly Application[];
}

export interface ProposedPieces {
  readonly name: string;
  readonly zone: string;
  readonly count?: number;
  readonly lotId?: string;
}

/** What a session begins with: everything a tablet needs to go on without a line. No name of the person is in it. */
/** A dose of another session of the person. */
export interface EarlierDose {
  readonly at: string;
  readonly given: Application;
  /** The entry that says so. */
  readonly of?: string;
  /** When this session heard of it; absent where it was known when the session began. */
  readonly heardAt?: string;
  /** Taken back there, or it is another person's again. */
  readonly isGone?: true;
}

export interface Stops {
  /** Since when the consent to this treatment is withdrawn. */
  readonly consentWithdrawnAt?: string;
  /** Lots of this session that are on hold, recalled ones among them, with since when. */
  readonly heldLots?: readonly { readonly id: string; readonly heldAt: string }[];
}

export interface Opening {
  /** Whole months; undefined where the record does not know. */
  readonly ageMonths?: number;
  readonly mayHavePrilocaine: boolean;
  readonly mayHaveAmides: boolean;
  /** Ruled out by the record since the session began, and when that was heard. */
  readonly learnt?: { readonly amides?: string; readonly prilocaine?: string };
  /** What has put an end to it from outside; absent while nothing has. Asked anew each time, kept only on the tablet. */
  readonly stops?: Stops;
  /** What was given in other sessions within the hours the ledger looks back. */
  readonly earlier: readonly EarlierDose[];
  readonly proposal: Proposal;
  readonly lots: readonly UsableLot[];
  /** Who can be operator; `isPhysician` who can countersign. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly isPhysician: boolean }[];
}

export interface SessionRefusal {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}
