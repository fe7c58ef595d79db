import { recordAudit } from '../audit/commands.ts';
import { aftercareSheet } from '../documents/aftercare.ts';
import { instantText, renderDocument } from '../documents/index.ts';
import type { Block, DocumentPicture } from '../documents/schema.ts';
import { readPhoto } from '../photos/commands.ts';
import { viewNames } from '../photos/view-names.ts';
import type { PhotoView } from '../photos/views.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { numbingLedger, recordOf, type SessionRecord, valueOf } from './journal.ts';
import { type PaperWords, paperWords } from './paper-words.ts';
import { by, noSuchPatient, noSuchSession, notAllowed } from './refusals.ts';
import type { EntryKind, SessionRefusal } from './schema.ts';
import { type Session, selectJournal, selectSession } from './store.ts';
import { zoneName } from './zone-names.ts';

type PaperServices = Pick<Services, 'db' | 'clock' | 'typesetter' | 'files'>;
type Paper = { readonly ok: true; readonly pdf: Uint8Array; readonly name: string };

/** What was done, on paper: from a signed session what was signed, with everything later marked as such. */
export async function sessionNote(
  services: PaperServices,
  actor: Actor,
  sessionId: string,
  language?: Language,
): Promise<Paper | SessionRefusal> {
  const found = await sessionFor(services, actor, sessionId, 'session-note');
  if (!found.ok) return found;
  const { session, journal } = found;
  const patient = await getPatient(services, actor, session.patientId);
  if (!patient.ok) return noSuchPatient;
  const spoken = language ?? patient.patient.language;
  const words = paperWords[spoken];
  const zone = await zoneOf(services, actor.tenantId);
  const at = (instant: Date | string) => instantText(new Date(instant), zone, spoken);
  const record = recordOf(journal);
  const people = new Map(session.opening.people.map(({ id, name }) => [id, name]));
  const pdf = await renderDocument(services, actor.tenantId, {
    kind: 'session-note',
    branchId: session.branchId,
    language: spoken,
    patient: { name: patient.patient.name },
    facts: [
      [words.treatment, words.treatments[session.treatment]],
      [words.began, at(session.startedAt)],
      ...(session.performedAt ? [[words.firstNeedle, at(session.performedAt)] as const] : []),
      ...(session.endedAt ? [[words.ended, at(session.endedAt)] as const] : []),
      [words.operator, people.get(session.operatorId) ?? '–'],
      [words.physician, people.get(session.physicianId) ?? '–'],
      ...(session.planId
        ? [[words.plan, `${session.planId}, ${words.version} ${session.planVersion ?? ''}`] as const]
        : []),
      session.sha256 === null ? [words.notSigned, '–'] : [words.signed, session.sha256],
    ],
    blocks: [
      ...noteBlocks(spoken, session, record, at),
      ...(await photoBlocks(services, actor, spoken, record, at)),
    ],
    reference: session.id,
  });
  return { ok: true, pdf, name: `session-${session.treatment}-${spoken}.pdf` };
}

/** The aftercare sheet of a session, with dates, in the patient's language. */
export async function sessionAftercare(
  services: PaperServices,
  actor: Actor,
  sessionId: string,
): Promise<Paper | SessionRefusal> {
  const found = await sessionFor(services, actor, sessionId, 'aftercare');
  if (!found.ok) return found;
  const { patientId, treatment, performedAt, branchId } = found.session;
  const zone = await zoneOf(services, actor.tenantId);
  const performedOn =
    performedAt === null
      ? undefined
      : new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(performedAt);
  const sheet = await aftercareSheet(services, actor, {
    patientId,
    treatment,
    branchId,
    ...(performedOn !== undefined && { performedOn }),
  });
  return sheet.ok ? sheet : { ok: false, reason: sheet.reason, message: sheet.message };
}

async function sessionFor(services: PaperServices, actor: Actor, sessionId: string, document: string) {
  if (!can(actor.role, 'session.read')) return notAllowed;
  if (!isUuid(sessionId)) return noSuchSession;
  return services.db.transaction().execute(async (trx) => {
    const session = await selectSession(trx, actor.tenantId, sessionId);
    if (session === undefined) return noSuchSession;
    const journal = await selectJournal(trx, actor.tenantId, sessionId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.paper-made',
      subject: { kind: 'session', id: sessionId },
      change: { after: { document } },
    });
    return { ok: true as const, session, journal };
  });
}

async function zoneOf(services: Pick<Services, 'db'>, tenantId: string): Promise<string> {
  return (await listTenants(services)).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
}

function noteBlocks(
  language: Language,
  session: Session,
  record: SessionRecord,
  at: (instant: string) => string,
): readonly Block[] {
  const words = paperWords[language];
  const zone = (code: string) => (code === '' ? '–' : zoneName(language, code));
  const lots = new Map(session.opening.lots.map(({ id, lotNumber }) => [id, lotNumber]));
  const lotText = (id: string | undefined) => (id === undefined ? '–' : (lots.get(id) ?? id));
  const late = (flags: readonly string[]) =>
    flags.includes('after-signing') ? ` (${words.afterSigning})` : '';
  const ledger = numbingLedger(record, session.opening, record.lastAt ?? session.startedAt.toISOString());
  const bleeding = valueOf(record, 'bleeding');
  const endpoint = valueOf(record, 'endpoint');
  const stopReason = valueOf(record, 'stopReason');
  const machine = valueOf(record, 'machine');
  const diluentParts = valueOf(record, 'diluentParts');
  const depth = valueOf(record, 'depth');
  const overLimitNote = valueOf(record, 'overLimitNote');
  const texts = (
    title: string,
    done: readonly { at: string; flags: readonly string[]; body: { text: string } }[],
  ): Block[] =>
    done.length === 0
      ? []
      : [
          { kind: 'heading', text: title, level: 2 },
          { kind: 'list', items: done.map((one) => `${at(one.at)}: ${one.body.text}${late(one.flags)}`) },
        ];
  const settings: (readonly [string, string])[] = [
    ...(machine === undefined ? [] : [[words.machine, machine] as const]),
    ...(diluentParts === undefined ? [] : [[words.diluent, String(diluentParts)] as const]),
    ...(depth === undefined ? [] : [[words.depth, `${depth.lowMm}–${depth.highMm} mm`] as const]),
    ...(bleeding === undefined ? [] : [[words.bleeding, words.bleedings[bleeding]] as const]),
    ...(endpoint === undefined ? [] : [[words.endpoint, words.endpoints[endpoint]] as const]),
    ...(stopReason === undefined ? [] : [[words.ending, words.endings[stopReason]] as const]),
  ];
  return [
    { kind: 'heading', text: words.numbing, level: 2 },
    ...(record.numbing.length === 0
      ? [{ kind: 'paragraph', text: words.noNumbing } as const]
      : [
          {
            kind: 'table',
            head: [words.time, words.what, words.amount, words.zone, words.lot],
            rows: record.numbing.map(({ at: given, body, flags }) => [
              at(given),
              `${body.product.name}${late(flags)}`,
              `${body.amount} ${body.product.route === 'injected' ? 'mL' : 'g'}`,
              zone(body.zone),
              lotText(body.lotId),
            ]),
          } as const,
          {
            kind: 'facts',
            rows: [
              [
                'mg',
                `${words.lidocaine} ${round(ledger.mg.lidocaine)}, ${words.prilocaine} ${round(ledger.mg.prilocaine)}`,
              ],
              [
                words.fraction,
                Number.isFinite(ledger.fraction) ? `${Math.round(ledger.fraction * 100)} %` : '–',
              ],
              ...(ledger.countedKg === undefined
                ? []
                : [[words.countedWeight, `${round(ledger.countedKg)} kg`] as const]),
            ],
          } as const,
        ]),
    ...(overLimitNote === undefined
      ? []
      : [{ kind: 'note', tone: 'stop', title: words.overLimit, items: [overLimitNote] } as const]),
    ...(record.pigments.length === 0
      ? []
      : [
          { kind: 'heading', text: words.pigments, level: 2 } as const,
          {
            kind: 'table',
            head: [words.time, words.what, words.lot, words.drops, words.zone],
            rows: record.pigments.map(({ at: used, body, flags }) => [
              at(used),
              `${body.name}${late(flags)}`,
              lotText(body.lotId),
              String(body.drops),
              zone(body.zone),
            ]),
            align: ['start', 'start', 'start', 'end', 'start'],
          } as const,
        ]),
    ...listed(
      words.diluents,
      record.diluents.map(
        ({ body, flags }) =>
          `${body.name ?? '–'}: ${body.drops} ${words.drops}, ${words.lot} ${lotText(body.lotId)}, ${zone(body.zone)}${late(flags)}`,
      ),
    ),
    ...[['needles', record.needles] as const, ['consumables', record.consumables] as const].flatMap(
      ([kind, done]) =>
        listed(
          words[kind],
          done.map(
            ({ body, flags }) =>
              `${body.name} × ${body.count}, ${words.lot} ${lotText(body.lotId)}, ${zone(body.zone)}${late(flags)}`,
          ),
        ),
    ),
    ...(record.passes.length === 0
      ? []
      : [
          { kind: 'heading', text: words.passes, level: 2 } as const,
          {
            kind: 'list',
            items: record.passes.map(
              ({ at: done, body }) =>
                `${at(done)}: ${zone(body.zone)}, ${body.passes}${body.depthMm === undefined ? '' : `, ${body.depthMm} mm`}`,
            ),
          } as const,
        ]),
    { kind: 'facts', rows: settings },
    ...texts(words.deviations, record.deviations),
    ...texts(words.notes, record.notes),
    ...texts(words.addenda, record.addenda),
    ...(record.voided.length === 0
      ? []
      : [
          { kind: 'heading', text: words.takenBack, level: 2 } as const,
          {
            kind: 'list',
            items: record.voided.map(
              ({ entry, reason }) =>
                `${at(entry.happenedAt ?? entry.saidAt)}: ${kindNames(words)[entry.kind] ?? ''}${reason === '' ? '' : `, ${reason}`}`,
            ),
          } as const,
        ]),
  ];
}

function listed(title: string, items: readonly string[]): readonly Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: title, level: 2 },
        { kind: 'list', items },
      ];
}

/** The photographs of the session, small, with when and from where they were taken. */
async function photoBlocks(
  services: PaperServices,
  actor: Actor,
  language: Language,
  record: SessionRecord,
  at: (instant: string) => string,
): Promise<readonly Block[]> {
  const words = paperWords[language];
  const names: Readonly<Record<string, string>> = viewNames[language];
  const pictures: DocumentPicture[] = [];
  const missing: string[] = [];
  for (const { body, at: attachedAt } of record.photos) {
    const view = names[body.view as PhotoView] ?? body.view;
    const found = await readPhoto(services, actor, body.photoId, 'thumb');
    const taken = found.ok ? found.photo.takenAt.toISOString() : attachedAt;
    const caption = `${view}, ${words.moments[body.moment]}, ${at(taken)}`;
    if (found.ok) pictures.push({ bytes: found.bytes, alt: caption, caption, widthMm: 40 });
    else missing.push(caption);
  }
  if (pictures.length + missing.length === 0) return [];
  const rows = Array.from({ length: Math.ceil(pictures.length / 3) }, (_, row) =>
    pictures.slice(3 * row, 3 * row + 3),
  );
  return [
    { kind: 'heading', text: words.photographs, level: 2 },
    ...rows.map((row): Block => ({ kind: 'pictures', pictures: row })),
    ...(missing.length === 0 ? [] : [{ kind: 'list', items: missing } as const]),
  ];
}

/** What an entry that was taken back was about. */
const kindNames = (words: PaperWords): Readonly<Partial<Record<EntryKind, string>>> => ({
  numbing: words.numbing,
  'numbing-removed': words.numbing,
  pigment: words.pigments,
  diluent: words.diluents,
  needle: words.needles,
  consumable: words.consumables,
  pass: words.passes,
  photo: words.photographs,
  deviation: words.deviations,
  note: words.notes,
});

const round = (value: number) => Math.round(value * 100) / 100;
