/*
 * Consent as staff see it. Every function asks what the actor's role allows and leaves an entry in the audit chain.
 *
 *   offerConsent(services, actor, form)                     { ok: true, consentId, token } for the tablet or a link
 *   readConsents(services, actor, patientId)                every consent of a patient, and photographs
 *   readConsentDocument(services, actor, consentId)         the sealed PDF
 *   withdrawConsent(services, actor, consentId, reason)     at the person's word; treatment stops, its photo uses end
 *   withdrawPhotoUse(services, actor, patientId, use)       one use of photographs, for good
 *
 * What the person does at the link is in signing.ts; what other subjects may know is in facts.ts; texts in
 * text-commands.ts.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { AuditActor } from '../audit/schema.ts';
import type { Treatment } from '../candidacy/rules.ts';
import { planFacts } from '../planning/commands.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { patientFacts } from '../record/commands.ts';
import { isMinor } from '../screening/age.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import type { Language } from '../tenant/schema.ts';
import { type PhotoConsent, photoConsents } from './facts.ts';
import { tokenHash, tokenOf } from './links.ts';
import { isDoneForMinors, partsNeeded } from './rules.ts';
import {
  type AnswerTry,
  type ConsentRefusal,
  type OfferForm,
  offerForm,
  type Particulars,
  type PhotoUse,
  type SignaturePart,
} from './schema.ts';
import {
  type ConsentRow,
  cancelOffers,
  endPhotoConsents,
  insertConsent,
  selectConsent,
  selectConsents,
  selectSignatures,
  updateConsent,
} from './store.ts';
import { currentText } from './text-commands.ts';

/** Days an offered text can be read and signed at its link. */
const linkDays = 14;

export async function offerConsent(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  actor: Actor,
  form: OfferForm,
): Promise<{ ok: true; consentId: string; token: string } | ConsentRefusal> {
  if (!can(actor.role, 'consent.write')) return notAllowed;
  const parsed = offerForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const given = parsed.data;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const facts = await patientFacts(services, trx, tenantId, given.patientId);
    if (facts === undefined) return noSuchPatient;
    const minor = await isMinor(services, trx, tenantId, given.patientId, given.treatment);
    if (minor === undefined) return ageUnknown;
    if (minor && !isDoneForMinors(given.treatment)) return minorNotTreated;
    const guardian = minor ? (given.guardian ?? facts.patient.guardian ?? undefined) : undefined;
    if (minor && guardian === undefined) return guardianNeeded;
    const text = await currentText(services, trx, tenantId, given.treatment, given.language);
    const plan =
      given.planId === undefined
        ? await planFacts(trx, tenantId, given.patientId, given.treatment)
        : { planId: given.planId, version: given.planVersion };
    const particulars: Particulars = {
      diagnosis: given.diagnosis,
      operator: given.operator,
      explainedBy: actor.name,
      pigments: given.pigments,
      price: given.price,
      isMinor: minor,
      ...(guardian && { guardian: { name: guardian.name, relation: guardian.relation } }),
      parts: partsNeeded({ isMinor: minor, interpreter: given.interpreter, witness: given.witness }),
    };
    const consentId = randomUUID();
    const token = tokenOf(services.keys, tenantId, consentId);
    const now = services.clock.now();
    await cancelOffers(trx, tenantId, given.patientId, given.treatment);
    await insertConsent(trx, {
      tenant_id: tenantId,
      id: consentId,
      patient_id: given.patientId,
      treatment: given.treatment,
      language: given.language,
      text_version: text.version,
      state: 'offered',
      particulars,
      answers: [],
      token_hash: tokenHash(token),
      expires_at: new Date(now.getTime() + linkDays * 86_400_000),
      offered_at: now,
      offered_by: actor.staffId,
      opened_at: null,
      signed_at: null,
      cooling_off_until: null,
      plan_id: plan.planId ?? null,
      plan_version: plan.version ?? null,
      file_id: null,
      document_sha256: null,
      withdrawn_at: null,
      withdrawn_by_kind: null,
      withdrawn_by: null,
      withdrawn_reason: null,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'consent.offered',
      subject: { kind: 'consent', id: consentId },
      change: {
        after: {
          patientId: given.patientId,
          treatment: given.treatment,
          language: given.language,
          textVersion: text.version,
          textSha256: text.sha256,
          parts: particulars.parts,
          planId: plan.planId ?? null,
        },
      },
    });
    return { ok: true as const, consentId, token };
  });
}

export interface ConsentView {
  readonly id: string;
  readonly treatment: Treatment;
  readonly language: Language;
  readonly textVersion: number;
  readonly state: 'offered' | 'signed' | 'withdrawn' | 'cancelled';
  readonly isExpired: boolean;
  readonly offeredAt: Date;
  readonly offeredBy: string;
  readonly openedAt: Date | undefined;
  readonly signedAt: Date | undefined;
  readonly coolingOffUntil: Date | undefined;
  readonly withdrawnAt: Date | undefined;
  readonly withdrawnReason: string | undefined;
  readonly documentSha256: string | undefined;
  readonly tries: number;
  readonly particulars: Particulars;
  readonly signatures: readonly {
    readonly part: SignaturePart;
    readonly name: string;
    readonly method: 'drawn' | 'typed';
  }[];
  /** For the tablet; only while it can be signed and only for those who may offer one. */
  readonly token: string | undefined;
}

export async function readConsents(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  actor: Actor,
  patientId: string,
): Promise<
  | {
      ok: true;
      consents: readonly ConsentView[];
      photos: Readonly<Record<PhotoUse, PhotoConsent>>;
    }
  | ConsentRefusal
> {
  if (!can(actor.role, 'consent.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const rows = await selectConsents(trx, actor.tenantId, patientId);
    const signatures = await selectSignatures(
      trx,
      actor.tenantId,
      rows.map(({ id }) => id),
    );
    const photos = await photoConsents(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'consent.listed',
      subject: { kind: 'patient', id: patientId },
    });
    const now = services.clock.now();
    const consents = rows.map((row): ConsentView => {
      const isExpired = row.state === 'offered' && row.expires_at <= now;
      const isOpen = row.state === 'offered' && !isExpired;
      return {
        id: row.id,
        treatment: row.treatment,
        language: row.language,
        textVersion: row.text_version,
        state: row.state,
        isExpired,
        offeredAt: row.offered_at,
        offeredBy: row.offered_by,
        openedAt: row.opened_at ?? undefined,
        signedAt: row.signed_at ?? undefined,
        coolingOffUntil: row.cooling_off_until ?? undefined,
        withdrawnAt: row.withdrawn_at ?? undefined,
        withdrawnReason: row.withdrawn_reason ?? undefined,
        documentSha256: row.document_sha256?.toString('hex'),
        tries: (row.answers as readonly AnswerTry[]).length,
        particulars: row.particulars as Particulars,
        signatures: signatures
          .filter((one) => one.consent_id === row.id)
          .map(({ part, name, method }) => ({ part, name, method })),
        token:
          isOpen && can(actor.role, 'consent.read')
            ? tokenOf(services.keys, actor.tenantId, row.id)
            : undefined,
      };
    });
    return { ok: true as const, consents, photos };
  });
}

export async function readConsentDocument(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  consentId: string,
): Promise<{ ok: true; bytes: Uint8Array; sha256: string } | ConsentRefusal> {
  if (!can(actor.role, 'consent.read')) return notAllowed;
  if (!isUuid(consentId)) return noSuchConsent;
  return services.db.transaction().execute(async (trx) => {
    const row = await selectConsent(trx, actor.tenantId, consentId);
    const file =
      row !== undefined && row.file_id !== null
        ? await services.files.get(trx, actor.tenantId, row.file_id)
        : undefined;
    if (file === undefined) return noSuchConsent;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'consent.document-read',
      subject: { kind: 'consent', id: consentId },
    });
    return { ok: true as const, bytes: file.bytes, sha256: file.sha256 };
  });
}

/** At the person's word, by staff who heard it: nobody needs a reason to withdraw, so none is demanded. */
export async function withdrawConsent(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  consentId: string,
  reason = '',
): Promise<{ ok: true } | ConsentRefusal> {
  if (!can(actor.role, 'consent.read')) return notAllowed;
  if (!isUuid(consentId)) return noSuchConsent;
  return services.db.transaction().execute(async (trx) => {
    const row = await selectConsent(trx, actor.tenantId, consentId, true);
    if (row === undefined) return noSuchConsent;
    return endConsent(services, trx, row, { kind: 'staff', id: actor.staffId }, reason);
  });
}

/** What a withdrawal stops: the readiness of this treatment, and the uses of photographs agreed to with it. */
export async function endConsent(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  row: ConsentRow,
  actor: AuditActor,
  reason: string,
): Promise<{ ok: true } | ConsentRefusal> {
  if (row.state !== 'signed') {
    return {
      ok: false,
      reason: row.state === 'withdrawn' ? 'already-withdrawn' : 'nothing-to-withdraw',
      message: row.state === 'withdrawn' ? 'It was withdrawn before.' : 'Nothing has been signed yet.',
    };
  }
  const at = services.clock.now();
  await updateConsent(trx, row.tenant_id, row.id, {
    state: 'withdrawn',
    withdrawn_at: at,
    withdrawn_by_kind: actor.kind,
    withdrawn_by: actor.id,
    withdrawn_reason: reason.trim().slice(0, 1000),
  });
  const photos = await endPhotoConsents(
    trx,
    row.tenant_id,
    row.patient_id,
    { consentId: row.id },
    { at, byKind: actor.kind, by: actor.id },
  );
  await recordAudit(services, trx, {
    tenantId: row.tenant_id,
    actor,
    action: 'consent.withdrawn',
    subject: { kind: 'consent', id: row.id },
    change: { after: { patientId: row.patient_id, treatment: row.treatment, photoUsesEnded: photos } },
  });
  return { ok: true };
}

export async function withdrawPhotoUse(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
  use: PhotoUse,
): Promise<{ ok: true } | ConsentRefusal> {
  if (!can(actor.role, 'consent.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const at = services.clock.now();
    const ended = await endPhotoConsents(
      trx,
      actor.tenantId,
      patientId,
      { use },
      { at, byKind: 'staff', by: actor.staffId },
    );
    if (ended.length === 0) {
      return {
        ok: false as const,
        reason: 'nothing-to-withdraw' as const,
        message: 'This use is not agreed to.',
      };
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'consent.photo-use-withdrawn',
      subject: { kind: 'patient', id: patientId },
      change: { after: { use } },
    });
    return { ok: true as const };
  });
}

const notAllowed: ConsentRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const noSuchPatient: ConsentRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};
const noSuchConsent: ConsentRefusal = {
  ok: false,
  reason: 'no-such-consent',
  message: 'There is no such consent.',
};
const ageUnknown: ConsentRefusal = {
  ok: false,
  reason: 'age-unknown',
  message: 'Whether this person is under 18 is not known; record the date of birth first.',
  field: 'birthDate',
};
const minorNotTreated: ConsentRefusal = {
  ok: false,
  reason: 'minor-not-treated',
  message: 'Under 18 the scalp is not treated.',
  field: 'treatment',
};
const guardianNeeded: ConsentRefusal = {
  ok: false,
  reason: 'guardian-needed',
  message: 'Under 18 a guardian has to agree: give the guardian’s name and relation.',
  field: 'guardian',
};
