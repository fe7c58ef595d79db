/*
 * The journal of a session: a set of entries from any number of tablets, and what it says.
 *
 *   recordOf(entries)                       what was done; the same for every order the entries come in, and for repeats
 *   accept(journal, entry, opening, actor)  whether the clinic's server takes an entry, and what it notes on it
 *   happenedAt(…)                           when it was, without trusting the device's clock
 *
 * Entries that add something never conflict. A field holds one value: a new value names the ones its writer saw and stands
 * in their place; two values that did not see each other both stand until a physician chooses between them. Pure.
 */
import {
  type Given,
  isAsStrongAs,
  isRuledOut,
  type Ledger,
  ledgerOf,
  mayGive,
  type NumbingFacts,
} from './numbing.ts';
import { ledgerHours } from './numbing-limits.ts';
import type {
  BodyOf,
  DeviceEntry,
  EntryFlag,
  EntryKind,
  FieldName,
  FieldValues,
  JournalEntry,
  Opening,
  SessionRefusal,
  SessionState,
} from './schema.ts';

/** An entry that is in the journal, or still waits on the device. */
export type KnownEntry = DeviceEntry & Partial<Pick<JournalEntry, 'seq' | 'happenedAt' | 'flags'>>;

/** Something done, with when, by whom, and whether it is saved. */
export interface Done<K extends EntryKind> {
  readonly id: string;
  readonly at: string;
  readonly madeBy: string;
  readonly isSaved: boolean;
  readonly flags: readonly EntryFlag[];
  readonly body: BodyOf<K>;
}
export interface Numbed extends Done<'numbing'> {
  readonly removedAt: string | undefined;
}
export interface Held<F extends FieldName> {
  readonly id: string;
  readonly value: FieldValues[F];
  readonly at: string;
  readonly madeBy: string;
  readonly isSaved: boolean;
}

export interface SessionRecord {
  /** More than one value: two devices wrote without seeing each other, and a physician must choose. */
  readonly fields: { readonly [F in FieldName]?: readonly Held<F>[] };
  readonly conflicts: readonly FieldName[];
  readonly numbing: readonly Numbed[];
  readonly pigments: readonly Done<'pigment'>[];
  readonly diluents: readonly Done<'diluent'>[];
  readonly needles: readonly Done<'needle'>[];
  readonly consumables: readonly Done<'consumable'>[];
  readonly passes: readonly Done<'pass'>[];
  readonly photos: readonly Done<'photo'>[];
  readonly deviations: readonly Done<'deviation'>[];
  readonly notes: readonly Done<'note'>[];
  readonly addenda: readonly Done<'addendum'>[];
  /** Taken back, with why; they stay readable. */
  readonly voided: readonly { readonly entry: KnownEntry; readonly reason: string }[];
  /** Zones in which a needle has been in the skin. */
  readonly needledZones: readonly string[];
  readonly firstNeedleAt: string | undefined;
  readonly lastAt: string | undefined;
  /** Entries that wait on the device. */
  readonly unsaved: number;
}

/** Kinds that may be taken back by another entry. */
const voidable: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'numbing',
  'numbing-removed',
  'pigment',
  'diluent',
  'needle',
  'consumable',
  'pass',
  'photo',
  'deviation',
  'note',
]);

/** When an entry counts as made: what the server found, or for one that waits what the device says. */
const timeOf = (entry: KnownEntry): string => entry.happenedAt ?? entry.saidAt;

function inOrder(a: KnownEntry, b: KnownEntry): number {
  const [timeA, timeB] = [timeOf(a), timeOf(b)];
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  if (a.deviceId !== b.deviceId) return a.deviceId < b.deviceId ? -1 : 1;
  return a.counter - b.counter;
}

/** What the journal says. An entry given twice counts once; the saved one is believed. */
export function recordOf(entries: readonly KnownEntry[]): SessionRecord {
  const byId = new Map<string, KnownEntry>();
  for (const entry of entries) {
    const before = byId.get(entry.id);
    if (before === undefined || (before.seq === undefined && entry.seq !== undefined))
      byId.set(entry.id, entry);
  }
  const all = [...byId.values()].toSorted(inOrder);
  const voids = new Map(
    all.flatMap((entry) => (entry.kind === 'void' ? [[entry.body.of, entry.body.reason] as const] : [])),
  );
  const standing = all.filter((entry) => !voids.has(entry.id) || !voidable.has(entry.kind));
  const of = <K extends EntryKind>(kind: K): Done<K>[] =>
    standing.flatMap((entry) =>
      entry.kind === kind
        ? [
            {
              id: entry.id,
              at: timeOf(entry),
              madeBy: entry.madeBy,
              isSaved: entry.seq !== undefined,
              flags: entry.flags ?? [],
              body: entry.body as BodyOf<K>,
            },
          ]
        : [],
    );
  const fields = fieldsOf(standing);
  const removals = of('numbing-removed');
  const passes = of('pass');
  const worked = [...passes, ...of('pigment'), ...of('needle')];
  return {
    fields,
    conflicts: (Object.keys(fields) as FieldName[]).filter((field) => {
      const [first, ...others] = (fields[field] ?? []).map(({ value }) => JSON.stringify(value));
      return others.some((other) => other !== first);
    }),
    numbing: of('numbing').map((one) => ({
      ...one,
      removedAt: removals.find(({ body }) => body.of === one.id)?.at,
    })),
    pigments: of('pigment'),
    diluents: of('diluent'),
    needles: of('needle'),
    consumables: of('consumable'),
    passes,
    photos: of('photo'),
    deviations: of('deviation'),
    notes: of('note'),
    addenda: of('addendum'),
    voided: all.flatMap((entry) =>
      voids.has(entry.id) && voidable.has(entry.kind) ? [{ entry, reason: voids.get(entry.id) ?? '' }] : [],
    ),
    needledZones: [...new Set(passes.map(({ body }) => body.zone))].toSorted(),
    firstNeedleAt: (passes.length > 0 ? passes : worked).map(({ at }) => at).toSorted()[0],
    lastAt: all.map(timeOf).toSorted().at(-1),
    unsaved: all.filter(({ seq }) => seq === undefined).length,
  };
}

function fieldsOf(entries: readonly KnownEntry[]): SessionRecord['fields'] {
  const replaced = new Set(entries.flatMap((entry) => (entry.kind === 'set' ? entry.body.replaces : [])));
  const fields: Partial<Record<FieldName, Held<FieldName>[]>> = {};
  for (const entry of entries) {
    if (entry.kind !== 'set' || replaced.has(entry.id)) continue;
    (fields[entry.body.field] ??= []).push({
      id: entry.id,
      value: entry.body.value,
      at: timeOf(entry),
      madeBy: entry.madeBy,
      isSaved: entry.seq !== undefined,
    });
  }
  return fields as SessionRecord['fields'];
}

/** The value of a field, if there is one and no doubt about it. */
export function valueOf<F extends FieldName>(record: SessionRecord, field: F): FieldValues[F] | undefined {
  const held = record.fields[field] as readonly Held<F>[] | undefined;
  return held === undefined || record.conflicts.includes(field) ? undefined : held[0]?.value;
}

/** What the numbing ledger must know. Where two values stand, the one that allows less counts. */
export function numbingFacts(record: SessionRecord, opening: Opening): NumbingFacts {
  const least = (field: 'weightKg' | 'heightCm') => {
    const values = (record.fields[field] ?? []).map(({ value }) => value);
    return values.length === 0 ? undefined : Math.min(...values);
  };
  const sexes = new Set((record.fields.sex ?? []).map(({ value }) => value));
  return {
    ageMonths: opening.ageMonths,
    weightKg: least('weightKg'),
    heightCm: least('heightCm'),
    sex: sexes.size === 1 ? [...sexes][0] : undefined,
    mayHavePrilocaine: opening.mayHavePrilocaine,
    mayHaveAmides: opening.mayHaveAmides,
  };
}

/** Everything that counts in the ledger at a time: of this session, and of others not long before. */
export function givenIn(record: SessionRecord, opening: Opening, at: string): Given[] {
  const from = Date.parse(at) - ledgerHours.hours * 3_600_000;
  const earlier = opening.earlier
    .filter((one) => one.isGone === undefined && Date.parse(one.at) >= from)
    .map(({ given }) => given);
  return [...earlier, ...record.numbing.map(({ body }) => body)];
}

export function numbingLedger(record: SessionRecord, opening: Opening, at: string): Ledger {
  return ledgerOf(numbingFacts(record, opening), givenIn(record, opening, at));
}

/** Whether an application may be given now, as far as this record knows. */
export function mayNumb(
  record: SessionRecord,
  opening: Opening,
  next: BodyOf<'numbing'>,
  at: string,
): { readonly ok: true } | (SessionRefusal & { readonly amountLeft?: number }) {
  const { route } = next.product;
  if (route === 'topical' && next.skin !== 'broken' && record.needledZones.includes(next.zone))
    return {
      ok: false,
      reason: 'skin-is-broken',
      message: 'This zone has been needled: the skin is broken. Say so, and why it is numbed again.',
      field: 'skin',
    };
  return mayGive(numbingFacts(record, opening), givenIn(record, opening, at), next);
}

/** Who sends, as far as taking an entry depends on it. */
export interface Sender {
  readonly isPhysician: boolean;
}

/**
 * Whether the server takes an entry. What a device could know when it made the entry must allow it; what it could not know
 * is noted on it instead: something that was given stays given. `at` is when it happened, by the server's clock;
 * `openingKnown` what the device knew of other sessions.
 */
export function accept(
  journal: readonly JournalEntry[],
  entry: DeviceEntry,
  at: string,
  opening: Opening,
  state: SessionState,
  sender: Sender,
  openingKnown: Opening = opening,
): { readonly ok: true; readonly flags: readonly EntryFlag[] } | SessionRefusal {
  const refuse = (reason: string, message: string, field = ''): SessionRefusal => ({
    ok: false,
    reason,
    message,
    field,
  });
  if (entry.kind === 'addendum') {
    if (state !== 'signed') return refuse('not-signed', 'An addendum is for a signed record; write a note.');
    return { ok: true, flags: ['after-signing'] };
  }
  const late: EntryFlag[] = state === 'signed' ? ['after-signing'] : [];
  if (entry.kind === 'void' || entry.kind === 'numbing-removed') {
    const target = journal.find(({ id }) => id === entry.body.of);
    if (target === undefined)
      return refuse('no-such-entry', 'What this is about is not in the journal.', 'of');
    const fits = entry.kind === 'void' ? voidable.has(target.kind) : target.kind === 'numbing';
    if (!fits) return refuse('not-voidable', 'This entry cannot be taken back; write the right value.', 'of');
    return { ok: true, flags: late };
  }
  if (entry.kind === 'set') {
    const { field, value, replaces } = entry.body;
    const person = opening.people.find(({ id }) => id === value);
    if (field === 'operatorId' && !person) return refuse('no-such-person', 'Choose who works here.', field);
    if (field === 'physicianId' && person?.isPhysician !== true)
      return refuse('no-such-person', 'Choose a physician of this clinic.', field);
    const inDoubt = recordOf(journal.filter(({ id }) => replaces.includes(id))).conflicts.includes(field);
    if (!sender.isPhysician && (inDoubt || field === 'overLimitNote'))
      return refuse('physician-decides', 'Only a physician writes this.', field);
    return { ok: true, flags: late };
  }
  if (entry.kind === 'numbing') {
    const onShelf = opening.lots.flatMap(({ numbing }) => numbing ?? []);
    if (!isAsStrongAs(entry.body.product, onShelf))
      return refuse(
        'bad-entry',
        'This product has another strength here; choose it from the list.',
        'product',
      );
    const known = recordOf(journal.filter((one) => couldKnow(entry, one)));
    const asked = mayNumb(known, openingKnown, entry.body, at);
    if (!asked.ok) return refuse(asked.reason, asked.message, asked.field);
    const whole = recordOf([...journal, entry]);
    const flags = [...late];
    if (isRuledOut(numbingFacts(whole, opening), entry.body)) flags.unshift('ruled-out');
    if (numbingLedger(whole, opening, at).isOver) flags.unshift('over-limit');
    return { ok: true, flags };
  }
  return { ok: true, flags: late };
}

/** Whether the writer of an entry had another one before them. */
function couldKnow(entry: DeviceEntry, other: JournalEntry): boolean {
  return other.seq <= entry.seenSeq || (other.deviceId === entry.deviceId && other.counter < entry.counter);
}

/**
 * When an entry was made, by the server's clock: as long before its arrival as the device says it was before the sending.
 * A device whose clock is wrong but runs is put right by this; never later than the arrival.
 */
export function happenedAt(saidAt: string, sentAt: string, receivedAt: Date): Date {
  const agoMs = Math.max(0, Date.parse(sentAt) - Date.parse(saidAt));
  return new Date(receivedAt.getTime() - agoMs);
}

export interface LotUse {
  readonly lotId: string;
  readonly zone: string;
  readonly kind: 'pigment' | 'diluent' | 'needle' | 'consumable' | 'drug';
  readonly drops: number | null;
  readonly quantity: number;
  readonly unit: 'drop' | 'ml' | 'g' | 'piece';
}

/** What was taken from which lot, one row a lot and zone. */
export function lotsUsed(record: SessionRecord): readonly LotUse[] {
  const uses = new Map<string, LotUse>();
  const add = (use: LotUse) => {
    const key = `${use.lotId} ${use.zone}`;
    const before = uses.get(key);
    uses.set(key, {
      ...use,
      drops: use.drops === null ? null : tidy((before?.drops ?? 0) + use.drops),
      quantity: tidy((before?.quantity ?? 0) + use.quantity),
    });
  };
  for (const { body } of record.pigments)
    add({
      lotId: body.lotId,
      zone: body.zone,
      kind: 'pigment',
      drops: body.drops,
      quantity: body.drops,
      unit: 'drop',
    });
  for (const { body } of record.diluents) {
    if (body.lotId === undefined) continue;
    const { lotId, zone, drops } = body;
    add({ lotId, zone, kind: 'diluent', drops, quantity: drops, unit: 'drop' });
  }
  for (const kind of ['needle', 'consumable'] as const)
    for (const { body } of kind === 'needle' ? record.needles : record.consumables)
      add({ lotId: body.lotId, zone: body.zone, kind, drops: null, quantity: body.count, unit: 'piece' });
  for (const { body } of record.numbing) {
    if (body.lotId === undefined) continue;
    const unit = body.product.route === 'injected' ? 'ml' : 'g';
    add({ lotId: body.lotId, zone: body.zone, kind: 'drug', drops: null, quantity: body.amount, unit });
  }
  return [...uses.values()].toSorted((a, b) =>
    a.lotId === b.lotId ? (a.zone < b.zone ? -1 : 1) : a.lotId < b.lotId ? -1 : 1,
  );
}

/** Sums of decimal amounts without the dust of binary fractions. */
const tidy = (value: number) => Math.round(value * 1e4) / 1e4;

export type KeepFault =
  | 'nothing-done'
  | 'pigment-missing'
  | 'needle-missing'
  | 'pass-missing'
  | 'bleeding-missing'
  | 'endpoint-missing'
  | 'stop-reason-missing'
  | 'over-limit-note-missing'
  | 'conflict';

/** What is still missing before a session can be kept; signing also needs every doubt settled. */
export function keepFaults(
  record: SessionRecord,
  opening: Opening,
  forSigning = false,
): readonly KeepFault[] {
  const faults: KeepFault[] = [];
  const has = (field: FieldName) => (record.fields[field]?.length ?? 0) > 0;
  const stopped = (record.fields.stopReason ?? []).some(({ value }) => value !== 'as-planned');
  if (!has('stopReason')) faults.push('stop-reason-missing');
  if (record.firstNeedleAt === undefined) {
    if (!stopped) faults.push('nothing-done');
  } else {
    if (record.pigments.length === 0) faults.push('pigment-missing');
    if (record.needles.length === 0) faults.push('needle-missing');
    if (record.passes.length === 0) faults.push('pass-missing');
    if (!has('bleeding')) faults.push('bleeding-missing');
    if (!has('endpoint')) faults.push('endpoint-missing');
  }
  const at = record.lastAt ?? '1970-01-01T00:00:00.000Z';
  if (numbingLedger(record, opening, at).isOver && !has('overLimitNote'))
    faults.push('over-limit-note-missing');
  if (forSigning && record.conflicts.length > 0) faults.push('conflict');
  return faults;
}
