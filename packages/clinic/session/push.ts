import { recordAudit } from '../audit/commands.ts';
import { listPhotos } from '../photos/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { readLot } from '../stock/commands.ts';
import { hearElsewhere, knownTo, lockPerson } from './elsewhere.ts';
import { accept, happenedAt, lotsUsed, recordOf } from './journal.ts';
import { badForm, by, noSuchSession, notAllowed } from './refusals.ts';
import {
  type DeviceEntry,
  type JournalEntry,
  type Opening,
  type Push,
  parseEntry,
  pushSchema,
  type SessionRefusal,
  type SessionState,
  type Stops,
} from './schema.ts';
import { lotOf, stopFlags, stopsOf } from './stops.ts';
import {
  foreignEntries,
  insertEntries,
  lockSession,
  replaceLots,
  type Session,
  selectJournal,
  selectSession,
  updateSession,
} from './store.ts';

type SessionServices = Pick<Services, 'db' | 'clock'>;

/** What a tablet shows of a session; no name of the person is in it. */
export interface SessionView {
  readonly id: string;
  readonly patientId: string;
  readonly treatment: Session['treatment'];
  readonly state: SessionState;
  readonly operatorId: string;
  readonly physicianId: string;
  readonly startedAt: string;
  readonly keptAt: string | null;
  readonly signedAt: string | null;
  readonly sha256: string | null;
  readonly journalSeq: number;
  /** Entries came after it was kept: it is to be kept again. */
  readonly isBehind: boolean;
}

export function viewOf(session: Session): SessionView {
  return {
    id: session.id,
    patientId: session.patientId,
    treatment: session.treatment,
    state: session.state,
    operatorId: session.operatorId,
    physicianId: session.physicianId,
    startedAt: session.startedAt.toISOString(),
    keptAt: session.keptAt?.toISOString() ?? null,
    signedAt: session.signedAt?.toISOString() ?? null,
    sha256: session.sha256,
    journalSeq: session.journalSeq,
    isBehind: session.state === 'kept' && session.journalSeq > session.keptSeq,
  };
}

/** The whole session, for a tablet that opens it. */
export async function readSession(
  services: SessionServices,
  actor: Actor,
  sessionId: string,
): Promise<
  | {
      ok: true;
      session: SessionView;
      opening: Opening;
      journal: readonly JournalEntry[];
      serverNow: string;
    }
  | SessionRefusal
> {
  if (!can(actor.role, 'session.read')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  return services.db.transaction().execute(async (trx) => {
    const session = await selectSession(trx, actor.tenantId, sessionId);
    if (session === undefined) return noSuchSession;
    const heard = await hearElsewhere(trx, session, services.clock.now());
    const journal = await selectJournal(trx, actor.tenantId, sessionId);
    const stops = await stopsOf(trx, session, journal);
    const opening = { ...heard, ...(stops && { stops }) };
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.read',
      subject: { kind: 'session', id: sessionId },
    });
    return {
      ok: true,
      session: viewOf(session),
      opening,
      journal,
      serverNow: services.clock.now().toISOString(),
    };
  });
}

export interface PushAnswer {
  readonly ok: true;
  readonly session: SessionView;
  /** The journal after what the device knew, what it just sent included. */
  readonly journal: readonly JournalEntry[];
  /** Doses of other sessions of the person, as far as this one has heard. */
  readonly earlier: Opening['earlier'];
  /** What her record rules out and what stops the session, as it is now. */
  readonly ruledOut: Pick<Opening, 'mayHaveAmides' | 'mayHavePrilocaine' | 'learnt' | 'stops'>;
  /** What was not taken, with why; the device shows it and asks. */
  readonly refused: readonly ({ readonly id: string } & Omit<SessionRefusal, 'ok'>)[];
}

/**
 * Takes what a device wrote and tells it what it does not know yet. Sending again changes nothing: an entry is known by its
 * id. An empty push asks for news; it leaves an audit entry only when there is some, because only then is anything read.
 */
export async function pushEntries(
  services: SessionServices,
  actor: Actor,
  sessionId: string,
  push: Push,
): Promise<PushAnswer | SessionRefusal> {
  const parsed = pushSchema.safeParse(push);
  if (!parsed.success) return badForm(parsed.error);
  const { sentAt, knownSeq, knownEarlier, knownRuledOut } = parsed.data;
  if (!can(actor.role, parsed.data.entries.length > 0 ? 'session.write' : 'session.read')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  const refused: PushAnswer['refused'][number][] = [];
  const entries: DeviceEntry[] = [];
  for (const raw of parsed.data.entries) {
    const read = parseEntry(raw);
    if (read.ok) entries.push(read.entry);
    else refused.push({ id: raw.id, reason: 'bad-entry', message: read.message, field: read.field });
  }
  const unknown = {
    lots: await lotsNotThere(services, actor, sessionId, entries),
    photos: await photosNotThere(services, actor, sessionId, entries),
  };
  return services.db.transaction().execute(async (trx) => {
    const found = await selectSession(trx, actor.tenantId, sessionId);
    if (found === undefined) return noSuchSession;
    if (entries.some(({ kind }) => kind === 'numbing'))
      await lockPerson(trx, actor.tenantId, found.patientId);
    const locked = entries.length > 0 ? await lockSession(trx, actor.tenantId, sessionId) : found;
    if (locked === undefined) return noSuchSession;
    const session = { ...locked, opening: await hearElsewhere(trx, locked, services.clock.now()) };
    const { earlier, mayHaveAmides, mayHavePrilocaine, learnt } = session.opening;
    const before = await selectJournal(trx, actor.tenantId, sessionId);
    const stops = await stopsOf(trx, session, [...before, ...entries]);
    const ruledOut = {
      mayHaveAmides,
      mayHavePrilocaine,
      ...(learnt && { learnt }),
      ...(stops && { stops }),
    };
    const added = await take(services, trx, actor, session, before, entries, {
      sentAt,
      unknown,
      stops,
      openingKnown: knownTo(session.opening, { knownEarlier, knownRuledOut }),
      refuse: ({ id }, { reason, message, field }) =>
        refused.push({ id, reason, message, ...(field !== undefined && { field }) }),
    });
    const after = [...before, ...added];
    const journal = after.filter(({ seq }) => seq > knownSeq);
    if (added.length > 0) {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'session.entries-added',
        subject: { kind: 'session', id: sessionId },
        change: {
          after: {
            fromSeq: session.journalSeq + 1,
            toSeq: session.journalSeq + added.length,
            kinds: added.map(({ kind }) => kind),
            flags: [...new Set(added.flatMap(({ flags }) => flags))],
          },
        },
      });
    } else if (journal.length > 0 || session.opening !== locked.opening) {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'session.read',
        subject: { kind: 'session', id: sessionId },
        change: { after: { fromSeq: knownSeq + 1 } },
      });
    }
    const journalSeq = session.journalSeq + added.length;
    return { ok: true, session: viewOf({ ...session, journalSeq }), journal, earlier, ruledOut, refused };
  });
}

async function take(
  services: SessionServices,
  trx: Trx,
  actor: Actor,
  session: Session,
  before: readonly JournalEntry[],
  entries: readonly DeviceEntry[],
  {
    sentAt,
    unknown,
    stops,
    openingKnown,
    refuse,
  }: {
    sentAt: string;
    stops: Stops | undefined;
    openingKnown: Opening;
    unknown: { readonly lots: ReadonlySet<string>; readonly photos: ReadonlySet<string> };
    refuse: (entry: DeviceEntry, why: SessionRefusal) => void;
  },
): Promise<readonly JournalEntry[]> {
  const { tenantId, id, opening, state } = session;
  const receivedAt = services.clock.now();
  const known = new Set(before.map((entry) => entry.id));
  const foreign = await foreignEntries(
    trx,
    tenantId,
    id,
    entries.map((entry) => entry.id),
  );
  const counters = new Set(before.map(({ deviceId, counter }) => `${deviceId} ${counter}`));
  const sender = { isPhysician: can(actor.role, 'session.sign') };
  const added: JournalEntry[] = [];
  // A device's entries are taken in the order it made them.
  for (const entry of entries.toSorted((a, b) => a.counter - b.counter)) {
    if (known.has(entry.id)) continue;
    if (foreign.has(entry.id) || counters.has(`${entry.deviceId} ${entry.counter}`)) {
      refuse(entry, idTaken);
      continue;
    }
    const lotId = lotOf(entry);
    if (lotId !== undefined && unknown.lots.has(lotId)) {
      refuse(entry, noSuchLot);
      continue;
    }
    if (entry.kind === 'photo' && unknown.photos.has(entry.body.photoId)) {
      refuse(entry, noSuchPhoto);
      continue;
    }
    const at = happenedAt(entry.saidAt, sentAt, receivedAt).toISOString();
    const answer = accept([...before, ...added], entry, at, opening, state, sender, openingKnown);
    if (!answer.ok) {
      refuse(entry, answer);
      continue;
    }
    known.add(entry.id);
    counters.add(`${entry.deviceId} ${entry.counter}`);
    const seq = session.journalSeq + added.length + 1;
    added.push({
      ...entry,
      seq,
      happenedAt: at,
      flags: [...stopFlags(stops, entry, at), ...answer.flags],
    });
  }
  if (added.length === 0) return added;
  await insertEntries(trx, tenantId, id, added, { at: receivedAt, by: actor.staffId });
  const record = recordOf([...before, ...added]);
  await replaceLots(trx, tenantId, id, lotsUsed(record));
  await updateSession(trx, tenantId, id, {
    journalSeq: session.journalSeq + added.length,
    ...(state !== 'signed' && {
      performedAt: record.firstNeedleAt === undefined ? null : new Date(record.firstNeedleAt),
    }),
  });
  return added;
}

/** Lots these entries name that the session did not begin with and the shelf does not have. */
async function lotsNotThere(
  services: SessionServices,
  actor: Actor,
  sessionId: string,
  entries: readonly DeviceEntry[],
): Promise<ReadonlySet<string>> {
  const named = new Set(entries.flatMap((entry) => lotOf(entry) ?? []));
  if (named.size === 0) return named;
  const session = await selectSession(services.db, actor.tenantId, sessionId);
  for (const { id } of session?.opening.lots ?? []) named.delete(id);
  for (const id of named) if ((await readLot(services, actor, id)).ok) named.delete(id);
  return named;
}

/** Photographs these entries name that are not of this patient. */
async function photosNotThere(
  services: SessionServices,
  actor: Actor,
  sessionId: string,
  entries: readonly DeviceEntry[],
): Promise<ReadonlySet<string>> {
  const named = new Set(entries.flatMap((entry) => (entry.kind === 'photo' ? [entry.body.photoId] : [])));
  if (named.size === 0) return named;
  const session = await selectSession(services.db, actor.tenantId, sessionId);
  const listed = session && (await listPhotos(services, actor, session.patientId));
  for (const { id } of listed?.ok ? listed.photos : []) named.delete(id);
  return named;
}

const noSuchPhoto: SessionRefusal = {
  ok: false,
  reason: 'no-such-photo',
  message: 'This photograph is not of this patient; choose another.',
  field: 'photoId',
};
const idTaken: SessionRefusal = {
  ok: false,
  reason: 'id-taken',
  message: 'Another entry has this id; enter it again.',
};
const noSuchLot: SessionRefusal = {
  ok: false,
  reason: 'no-such-lot',
  message: 'This lot is not in stock; choose another.',
  field: 'lotId',
};
