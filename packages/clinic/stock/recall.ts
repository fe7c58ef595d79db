/*
 * Recall: from a lot to everyone it touched, in one step, and how far each of them has been reached.
 *
 *   readRecall(services, actor, lotId)                          { ok: true, item, lot, recall?, people }
 *   openRecall(services, actor, { lotId, reason })              the lot is put on hold with it
 *   sendRecallMessages(services, actor, recallId…)              by outbox, in each person's language; once a person
 *   recordContact(services, actor, { … })                       a call, a letter, a visit, and what came of it
 *   recallLetter(services, actor, { recallId, patientId })      { ok: true, pdf }
 *   recallReport(services, actor, lotId, language)              { ok: true, pdf }: no names
 *   closeRecall(services, actor, { lotId, closing })
 *
 * Who was touched is asked of the sessions each time. docs/stock.md.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { instantText, renderDocument } from '../documents/index.ts';
import { numbersOf } from '../followup/local-numbers.ts';
import { reachPatient } from '../followup/reach.ts';
import { enqueueMessage, listMessages } from '../notify/commands.ts';
import type { MessageState } from '../notify/schema.ts';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language, Tenant } from '../tenant/schema.ts';
import { everywhere, placeOfSession } from './branches.ts';
import { holdWithin } from './lots.ts';
import {
  type ContactOutcome,
  type ContactWay,
  contactOutcomes,
  contactWays,
  fillIn,
  type ReachState,
  type RecallContact,
  reachState,
  recallSource,
  recallTexts,
} from './recall-rules.ts';
import {
  closeRecallRow,
  insertContact,
  insertRecall,
  type Recall,
  selectContacts,
  selectRecallOfLot,
  selectTouched,
  type TouchedPerson,
} from './recall-store.ts';
import { by, needsReason, noSuchLot, notAllowed } from './refusals.ts';
import type { Item, Lot, StockRefusal } from './rules.ts';
import { lockLots, selectItem, selectLots } from './store.ts';
import { type OnTheWay, selectOnTheWay } from './transfer-store.ts';

export type { Recall, TouchedPerson } from './recall-store.ts';

export interface RecalledPerson extends TouchedPerson {
  readonly state: ReachState;
  readonly contacts: readonly (RecallContact & { readonly delivery: MessageState | null })[];
}

export interface RecallPage {
  readonly ok: true;
  readonly item: Item;
  readonly lot: Lot;
  readonly recall: Recall | undefined;
  readonly people: readonly RecalledPerson[];
  /** Parts of the lot between two branches: they are to be found too. */
  readonly onTheWay: readonly OnTheWay[];
}

/** A lot and everyone it touched, recalled or not; with a recall, how far each has been reached. Reading is audited. */
export async function readRecall(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  lotId: string,
): Promise<RecallPage | StockRefusal> {
  if (!can(actor.role, 'patient.read') || !can(actor.role, 'stock.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const page = await pageOf(trx, actor.tenantId, lotId);
    if (!page.ok) return page;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'recall.read',
      subject: { kind: 'stock-lot', id: lotId },
      change: { after: { people: page.people.map(({ patientId }) => patientId) } },
    });
    return page;
  });
}

async function pageOf(db: Db, tenantId: string, lotId: string): Promise<RecallPage | StockRefusal> {
  if (!isUuid(lotId)) return noSuchLot;
  const lot = (await selectLots(db, tenantId, everywhere, { ids: [lotId] }))[0];
  const item = lot && (await selectItem(db, tenantId, lot.itemId));
  if (lot === undefined || item === undefined) return noSuchLot;
  const recall = await selectRecallOfLot(db, tenantId, lotId);
  const touched = await selectTouched(db, tenantId, lotId);
  const contacts =
    recall === undefined
      ? new Map<string, readonly RecallContact[]>()
      : await selectContacts(db, tenantId, recall.id);
  const sent =
    recall === undefined
      ? []
      : await listMessages({ db }, tenantId, { subject: { kind: 'recall', id: recall.id }, limit: 1000 });
  const deliveries = new Map(sent.map(({ id, state }) => [id, state]));
  const people = touched.map((person): RecalledPerson => {
    const own = contacts.get(person.patientId) ?? [];
    return {
      ...person,
      state: reachState(own),
      contacts: own.map((one) => ({
        ...one,
        delivery: one.messageId === null ? null : (deliveries.get(one.messageId) ?? null),
      })),
    };
  });
  const onTheWay = await selectOnTheWay(db, tenantId, { lotId });
  return { ok: true, item, lot, recall, people, onTheWay };
}

/** Opens a recall and puts the lot on hold, if it is not yet. Opening it again changes nothing. */
export async function openRecall(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  { lotId, reason: given }: { readonly lotId: string; readonly reason: string },
): Promise<RecallPage | StockRefusal> {
  if (!can(actor.role, 'stock.write') || !can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(lotId)) return noSuchLot;
  const reason = given.trim().slice(0, 500);
  if (reason === '') return needsReason('Say why the lot is recalled.');
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const place = await placeOfSession(trx, tenantId);
    const lot = (await lockLots(trx, tenantId, place, [lotId]))[0];
    if (lot === undefined) return noSuchLot;
    const recall: Recall = {
      id: randomUUID(),
      lotId,
      reason,
      openedAt: services.clock.now(),
      openedBy: actor.staffId,
      closedAt: null,
      closing: null,
    };
    if (await insertRecall(trx, tenantId, recall)) {
      await holdWithin(services, trx, actor, place, lot, {
        reason,
        sourceKind: 'recall',
        sourceId: recall.id,
      });
      const touched = await selectTouched(trx, tenantId, lotId);
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'recall.opened',
        subject: { kind: 'recall', id: recall.id },
        change: { after: { lotId, people: touched.map(({ patientId }) => patientId) } },
      });
    }
    return pageOf(trx, tenantId, lotId);
  });
}

/** Refused unless there is an open recall of the lot. */
async function openPage(
  trx: Trx,
  tenantId: string,
  lotId: string,
): Promise<(RecallPage & { readonly recall: Recall }) | StockRefusal> {
  const page = await pageOf(trx, tenantId, lotId);
  if (!page.ok) return page;
  const { recall } = page;
  if (recall === undefined || recall.closedAt !== null) {
    return {
      ok: false,
      reason: 'no-open-recall',
      message: 'This lot is not being recalled; open a recall first.',
    };
  }
  return { ...page, recall };
}

/**
 * Writes to everyone who can be written to and has not been, each in their language: a message that names no product
 * and no sign, because it may be read on a locked screen. A safety notice goes out at once and to those who want no
 * reminders. @returns how many messages were written, and who is left to be called.
 */
export async function sendRecallMessages(
  services: Pick<Services, 'db' | 'clock' | 'jobs' | 'config'>,
  actor: Actor,
  lotId: string,
): Promise<{ ok: true; written: number; toCall: number } | StockRefusal> {
  if (!can(actor.role, 'stock.write') || !can(actor.role, 'patient.read')) return notAllowed;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    if (isUuid(lotId)) await lockLots(trx, tenantId, everywhere, [lotId]);
    const page = await openPage(trx, tenantId, lotId);
    if (!page.ok) return page;
    const tenant = await tenantOf(trx, tenantId);
    const written: string[] = [];
    let toCall = 0;
    for (const person of page.people) {
      if (person.contacts.some(({ way }) => way === 'message')) continue;
      const reach = await reachPatient(services, trx, tenantId, person.patientId, 'recall-message');
      if (reach?.way === undefined) {
        if (person.state === 'not-yet') toCall++;
        continue;
      }
      const values = valuesFor(services, tenant, page, person);
      const { subject, text } = recallTexts[person.language].message;
      const messageId = await enqueueMessage(services, trx, {
        tenantId,
        ...reach.way,
        template: 'plain',
        language: person.language,
        params: { subject: fillIn(subject, values), text: fillIn(text, values) },
        urgent: true,
        dedupeKey: `recall ${page.recall.id} ${person.patientId}`,
        subject: { kind: 'recall', id: page.recall.id },
      });
      if (messageId === undefined) continue;
      await insertContact(trx, tenantId, page.recall.id, person.patientId, {
        id: randomUUID(),
        way: 'message',
        outcome: 'sent',
        note: null,
        at: services.clock.now(),
        madeBy: actor.staffId,
        messageId,
      });
      written.push(person.patientId);
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'recall.messages-written',
      subject: { kind: 'recall', id: page.recall.id },
      change: { after: { people: written } },
    });
    return { ok: true as const, written: written.length, toCall };
  });
}

export interface NewContact {
  readonly lotId: string;
  readonly patientId: string;
  readonly way: ContactWay;
  readonly outcome: ContactOutcome;
  readonly note: string;
  /** Made by the page: the same attempt sent twice is one. */
  readonly actId: string;
}

/** Writes down an attempt to reach somebody and what came of it. */
export async function recordContact(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  contact: NewContact,
): Promise<{ ok: true } | StockRefusal> {
  if (!can(actor.role, 'patient.write') || !can(actor.role, 'stock.read')) return notAllowed;
  const { lotId, patientId, way, outcome, note, actId } = contact;
  const isKnown = contactWays.includes(way) && contactOutcomes.includes(outcome) && way !== 'message';
  if (!isKnown || !isUuid(actId)) {
    return {
      ok: false,
      reason: 'bad-form',
      message: 'Say how it was tried and what came of it.',
      field: 'outcome',
    };
  }
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const page = await openPage(trx, tenantId, lotId);
    if (!page.ok) return page;
    if (!page.people.some((one) => one.patientId === patientId)) {
      return {
        ok: false as const,
        reason: 'not-in-recall' as const,
        message: 'This lot did not touch this person.',
      };
    }
    const isNew = await insertContact(trx, tenantId, page.recall.id, patientId, {
      id: actId,
      way,
      outcome,
      note: note.trim() === '' ? null : note.trim().slice(0, 1000),
      at: services.clock.now(),
      madeBy: actor.staffId,
      messageId: null,
    });
    if (isNew) {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'recall.contact',
        subject: { kind: 'patient', id: patientId },
        change: { after: { recall: page.recall.id, way, outcome } },
      });
    }
    return { ok: true as const };
  });
}

/** Ends a recall with what came of it. The lot stays on hold until somebody releases or discards it. */
export async function closeRecall(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  { lotId, closing: given }: { readonly lotId: string; readonly closing: string },
): Promise<{ ok: true } | StockRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  const closing = given.trim().slice(0, 2000);
  if (closing === '') return needsReason('Say what came of the recall.');
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const page = await openPage(trx, tenantId, lotId);
    if (!page.ok) return page;
    const at = services.clock.now();
    await closeRecallRow(trx, tenantId, page.recall.id, { at, staffId: actor.staffId, closing });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'recall.closed',
      subject: { kind: 'recall', id: page.recall.id },
      change: { after: { ...countsOf(page.people) } },
    });
    return { ok: true as const };
  });
}

/** A letter for one person, in their language. */
export async function recallLetter(
  services: Pick<Services, 'db' | 'clock' | 'typesetter' | 'config'>,
  actor: Actor,
  of: { readonly lotId: string; readonly patientId: string },
): Promise<{ ok: true; pdf: Uint8Array } | StockRefusal> {
  if (!can(actor.role, 'patient.read') || !can(actor.role, 'stock.read')) return notAllowed;
  const { tenantId } = actor;
  const found = await services.db.transaction().execute(async (trx) => {
    const page = await pageOf(trx, tenantId, of.lotId);
    if (!page.ok) return page;
    const person = page.people.find(({ patientId }) => patientId === of.patientId);
    if (person === undefined) {
      return {
        ok: false as const,
        reason: 'not-in-recall' as const,
        message: 'This lot did not touch this person.',
      };
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'recall.letter-made',
      subject: { kind: 'patient', id: person.patientId },
      change: { after: { lotId: of.lotId } },
    });
    return { ...page, person, tenant: await tenantOf(trx, tenantId) };
  });
  if (!found.ok) return found;
  const { person, tenant } = found;
  const { letter } = recallTexts[person.language];
  const values = valuesFor(services, tenant, found, person);
  const say = (text: string) => fillIn(text, values);
  const pdf = await renderDocument(services, tenantId, {
    kind: 'letter',
    language: person.language,
    title: letter.title,
    patient: { name: person.name },
    review: 'unreviewed',
    sources: [recallSource.source],
    reference: found.lot.lotNumber,
    blocks: [
      { kind: 'paragraph', text: say(letter.greeting) },
      ...letter.paragraphs.map((text) => ({ kind: 'paragraph' as const, text: say(text) })),
      { kind: 'note', tone: 'attention', title: letter.watchTitle, items: letter.watch.map(say) },
      { kind: 'note', tone: 'stop', title: say(letter.atOnce), items: [] },
      { kind: 'paragraph', text: say(letter.call) },
    ],
  });
  return { ok: true, pdf };
}

/** People by how far they have been reached. */
export function countsOf(people: readonly Pick<RecalledPerson, 'state'>[]) {
  const of = (state: ReachState) => people.filter((one) => one.state === state).length;
  return {
    people: people.length,
    reached: of('reached'),
    declined: of('declined'),
    tried: of('tried'),
    notYet: of('not-yet'),
  };
}

export interface ReportWords {
  readonly title: string;
  readonly language: Language;
  readonly facts: (
    page: RecallPage,
    counts: ReturnType<typeof countsOf>,
  ) => readonly (readonly [string, string])[];
  readonly head: readonly string[];
  readonly row: (person: RecalledPerson, number: number, at: (moment: Date) => string) => readonly string[];
}

/** The recall on paper for the maker or an authority: numbers, dates and ways, no names. */
export async function recallReport(
  services: Pick<Services, 'db' | 'clock' | 'typesetter'>,
  actor: Actor,
  lotId: string,
  words: ReportWords,
): Promise<{ ok: true; pdf: Uint8Array } | StockRefusal> {
  const page = await readRecall(services, actor, lotId);
  if (!page.ok) return page;
  const tenant = await tenantOf(services.db, actor.tenantId);
  const at = (moment: Date) => instantText(moment, tenant?.zone ?? 'UTC', words.language);
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'recall-report',
    language: words.language,
    title: words.title,
    facts: words.facts(page, countsOf(page.people)),
    reference: page.lot.lotNumber,
    blocks: [
      {
        kind: 'table',
        head: words.head,
        rows: page.people.map((person, index) => words.row(person, index + 1, at)),
      },
    ],
  });
  return { ok: true, pdf };
}

async function tenantOf(db: Db, tenantId: string): Promise<Tenant | undefined> {
  return (await listTenants({ db })).find(({ id }) => id === tenantId);
}

function valuesFor(
  services: Pick<Services, 'config'>,
  tenant: Tenant | undefined,
  { item, lot }: Pick<RecallPage, 'item' | 'lot'>,
  person: TouchedPerson,
): Record<string, string> {
  const last = person.sessions[0]?.at ?? lot.receivedAt;
  const locale = { en: 'en-IN', hi: 'hi-IN', bn: 'bn-IN', ne: 'ne-NP' }[person.language];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: tenant?.zone ?? 'UTC' });
  return {
    name: person.name,
    clinic: tenant?.name ?? '',
    day: day.format(last),
    item: item.maker === null ? item.name : `${item.name} (${item.maker})`,
    lot: lot.lotNumber,
    // A clinic that has not said its number yet has its page.
    phone: tenant?.facts.phone ?? services.config.http.publicUrl,
    emergency: numbersOf(tenant?.country ?? '').emergency.join(' / '),
  };
}
