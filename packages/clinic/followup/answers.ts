/** Answers to check-ins: by link from the patient, or written down by staff on the telephone. Kept as versions. */
import { recordAudit } from '../audit/commands.ts';
import type { AuditActor } from '../audit/schema.ts';
import { withdrawMessagesOf } from '../notify/commands.ts';
import { decodePhoto, sniffFormat, stripLocation } from '../platform/images/index.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { refreshFollowed } from '../surveillance/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { openOrRaise } from './cases.ts';
import { checkInOfToken, linkLivesDays } from './links.ts';
import { type LocalNumbers, numbersOf } from './local-numbers.ts';
import { type ReachServices, reachPatient, senderAt } from './reach.ts';
import { type RowId, redFlagVersion, type Urgency } from './red-flags.ts';
import { badForm, notAllowed, notFound } from './refusals.ts';
import { type CheckInAnswers, checkInAnswers, type FollowUpRefusal } from './schema.ts';
import {
  type CheckInsTable,
  insertAnswers,
  lockCheckIn,
  selectAnswers,
  selectCheckIn,
  selectTenantFacts,
  settleEarlier,
  updateCheckIn,
} from './store.ts';
import { type Doubt, triage } from './triage.ts';

type AnswerServices = ReachServices & Pick<Services, 'db' | 'files'>;

/** What the page behind a link shows. */
export interface CheckInPage {
  readonly checkInId: string;
  readonly treatment: CheckInsTable['treatment'];
  readonly protocolDay: CheckInsTable['protocol_day'];
  readonly clinicName: string;
  readonly clinicPhone: string | null;
  readonly numbers: LocalNumbers;
  /** The language the patient is written to in. */
  readonly language: Language;
  /** What was answered last, if anything. */
  readonly given:
    | {
        readonly version: number;
        readonly urgency: Urgency;
        readonly matched: readonly { readonly id: RowId; readonly urgency: Urgency }[];
        readonly doubts: readonly Doubt[];
        readonly answers: CheckInAnswers;
        readonly hasPhoto: boolean;
      }
    | undefined;
}

/** Opens a check-in by its link. The entry in the audit chain names the link's check-in. */
export async function openCheckIn(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<{ ok: true; page: CheckInPage } | FollowUpRefusal> {
  const id = checkInOfToken(services.keys, tenantId, token);
  if (id === undefined) return linkUnknown;
  return services.db.transaction().execute(async (trx) => {
    const row = await selectCheckIn(trx, tenantId, id);
    const refusal = linkRefusal(row, services.clock.now());
    if (row === undefined || refusal !== undefined) return refusal ?? linkUnknown;
    const facts = await selectTenantFacts(trx, tenantId);
    const from = await senderAt(trx, tenantId, facts, row.branch_id);
    const [last] = await selectAnswers(trx, tenantId, [id]);
    const patient = await reachPatient(services, trx, tenantId, row.patient_id);
    const again = last && triage(last.answers, last.context);
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id },
      action: 'check-in.opened',
      subject: { kind: 'check-in', id },
    });
    return {
      ok: true as const,
      page: {
        checkInId: id,
        treatment: row.treatment,
        protocolDay: row.protocol_day,
        clinicName: from.name,
        clinicPhone: from.phone,
        numbers: facts.numbers ?? numbersOf(facts.country),
        language: patient?.language ?? 'en',
        given: last &&
          again && {
            version: last.version,
            // What was said then stands, also when the table has changed since.
            urgency: last.urgency,
            matched: again.matched.filter((one) => last.matched.includes(one.id)),
            doubts: last.reasons,
            answers: last.answers,
            hasPhoto: last.photo_file_id !== null,
          },
      },
    };
  });
}

/** Answers a check-in by its link. A later answer is another version; the last one counts, none is lost. */
export async function answerCheckIn(
  services: AnswerServices,
  tenantId: string,
  token: string,
  form: unknown,
  photo?: Uint8Array,
): Promise<{ ok: true; urgency: Urgency } | FollowUpRefusal> {
  const id = checkInOfToken(services.keys, tenantId, token);
  if (id === undefined) return linkUnknown;
  return answer(services, { tenantId, checkInId: id, form, photo, saidBy: { kind: 'link', id } });
}

/** Writes down what a patient said on the telephone. */
export async function answerForPatient(
  services: AnswerServices,
  actor: Actor,
  checkInId: string,
  form: unknown,
): Promise<{ ok: true; urgency: Urgency } | FollowUpRefusal> {
  if (!can(actor.role, 'followup.call')) return notAllowed;
  if (!isUuid(checkInId)) return notFound;
  return answer(services, {
    tenantId: actor.tenantId,
    checkInId,
    form,
    photo: undefined,
    saidBy: { kind: 'staff', id: actor.staffId },
  });
}

async function answer(
  services: AnswerServices,
  said: {
    readonly tenantId: string;
    readonly checkInId: string;
    readonly form: unknown;
    readonly photo: Uint8Array | undefined;
    readonly saidBy: AuditActor & { readonly id: string };
  },
): Promise<{ ok: true; urgency: Urgency } | FollowUpRefusal> {
  const parsed = checkInAnswers.safeParse(said.form);
  if (!parsed.success) return badForm(parsed.error);
  const photo = said.photo === undefined ? undefined : await photoToKeep(said.photo);
  if (photo !== undefined && !photo.ok) return photo;
  const { tenantId, checkInId, saidBy } = said;
  const now = services.clock.now();
  return services.db.transaction().execute(async (trx) => {
    const row = await lockCheckIn(trx, tenantId, checkInId);
    const refusal = saidBy.kind === 'link' ? linkRefusal(row, now) : row === undefined ? notFound : undefined;
    if (row === undefined || refusal !== undefined) return refusal ?? notFound;
    const version = row.answer_version + 1;
    const patient = await reachPatient(services, trx, tenantId, row.patient_id);
    const context = {
      hoursSince: Math.max(0, (now.getTime() - row.performed_at.getTime()) / 3_600_000),
      bloodThinner: patient?.bloodThinner ?? false,
    };
    const result = triage(parsed.data, context);
    const kept = photo && (await services.files.put(trx, { tenantId, ...photo.file }));
    await insertAnswers(trx, {
      tenant_id: tenantId,
      check_in_id: checkInId,
      version,
      answers: parsed.data,
      photo_file_id: kept?.id ?? null,
      context,
      urgency: result.urgency,
      matched: result.matched.map(({ id }) => id),
      reasons: [...result.doubts],
      rules_version: redFlagVersion,
      said_by: saidBy.kind === 'link' ? 'patient' : 'staff',
      staff_id: saidBy.kind === 'link' ? null : saidBy.id,
      answered_at: now,
    });
    await updateCheckIn(trx, row, {
      state: 'answered',
      next_at: null,
      answered_at: now,
      answer_version: version,
      urgency: result.urgency,
    });
    await withdrawMessagesOf(services, trx, tenantId, { kind: 'check-in', id: checkInId });
    for (const earlier of await settleEarlier(trx, row)) {
      await withdrawMessagesOf(services, trx, tenantId, { kind: 'check-in', id: earlier });
    }
    await refreshFollowed(trx, tenantId, [row.session_id]);
    if (result.urgency !== 'SELF' || kept !== undefined) {
      await openOrRaise(services, trx, {
        tenantId,
        patientId: row.patient_id,
        sessionId: row.session_id,
        checkInId,
        urgency: result.urgency,
        detail: { version, rows: result.matched.map(({ id }) => id), doubts: result.doubts },
      });
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: saidBy,
      action: 'check-in.answered',
      subject: { kind: 'check-in', id: checkInId },
      change: {
        after: { patientId: row.patient_id, version, urgency: result.urgency, photo: kept !== undefined },
      },
    });
    return { ok: true as const, urgency: result.urgency };
  });
}

/** The file as it came, without place and time; refused when it cannot be opened. */
async function photoToKeep(
  bytes: Uint8Array,
): Promise<{ ok: true; file: { bytes: Uint8Array; mediaType: string } } | FollowUpRefusal> {
  const refused = (message: string): FollowUpRefusal => ({
    ok: false,
    reason: 'photo-refused',
    message,
    field: 'photo',
  });
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) return refused(decoded.message);
  const stripped = stripLocation(bytes);
  const format = sniffFormat(bytes);
  if (stripped === undefined || format === undefined) return refused('This picture cannot be read.');
  return { ok: true, file: { bytes: stripped, mediaType: `image/${format}` } };
}

function linkRefusal(row: CheckInsTable | undefined, now: Date): FollowUpRefusal | undefined {
  if (row === undefined || row.state === 'withdrawn') return linkUnknown;
  if (now.getTime() > row.due_at.getTime() + linkLivesDays * 86_400_000) {
    return {
      ok: false,
      reason: 'link-expired',
      message: 'This link has expired. Please telephone the clinic.',
    };
  }
  return undefined;
}

const linkUnknown: FollowUpRefusal = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not known here. Please copy it whole, or telephone the clinic.',
};
