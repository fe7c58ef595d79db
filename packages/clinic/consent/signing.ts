/*
 * What the person does at the link or on the tablet. The token is the permission; every act leaves an entry under it.
 *
 *   openConsent(services, tenantId, token)             the text and what was filled in; the first opening is noted
 *   signConsent(services, tenantId, token, form)       answers, photographs, signatures → sealed PDF
 *   withdrawByToken(services, tenantId, token)         at any time after signing
 *   documentByToken(services, tenantId, token)         the sealed PDF
 */
import { createHash, randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Treatment } from '../candidacy/rules.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { patientFacts } from '../record/commands.ts';
import { staffNames } from '../staff/commands.ts';
import { listTenants } from '../tenant/commands.ts';
import type { Language } from '../tenant/schema.ts';
import { endConsent } from './commands.ts';
import { consentPdf, type GivenSignature } from './document.ts';
import { consentLabels } from './labels.ts';
import { consentOfToken } from './links.ts';
import { isDrawn, photoUsesFor, wrongAnswers } from './rules.ts';
import {
  type AnswerTry,
  type ConsentContent,
  type ConsentRefusal,
  type Particulars,
  type SignaturePart,
  type SignForm,
  signForm,
} from './schema.ts';
import { sealPdf } from './seal.ts';
import { type ConsentRow, insertPhotoConsents, insertSignatures, updateConsent } from './store.ts';
import { textVersion } from './text-commands.ts';

/** Days the link of a signed consent goes on showing the document and taking a withdrawal. */
const linkDaysAfterSigning = 3 * 365;

export interface OpenConsent {
  readonly id: string;
  readonly language: Language;
  readonly treatment: Treatment;
  readonly state: 'offered' | 'signed' | 'withdrawn';
  readonly patientName: string;
  readonly content: ConsentContent;
  readonly reviewState: 'unreviewed' | 'reviewed';
  readonly particulars: Particulars;
  readonly tries: number;
  readonly signedAt: Date | undefined;
  readonly coolingOffUntil: Date | undefined;
}

type LinkServices = Pick<Services, 'db' | 'clock' | 'keys'>;

export async function openConsent(
  services: LinkServices,
  tenantId: string,
  token: string,
): Promise<{ ok: true; consent: OpenConsent } | ConsentRefusal> {
  return services.db.transaction().execute(async (trx) => {
    const found = await consentOfToken(services, trx, tenantId, token, true);
    if (!found.ok) return found;
    const { row } = found;
    const loaded = await load(services, trx, row);
    if (row.opened_at === null) {
      await updateConsent(trx, tenantId, row.id, { opened_at: services.clock.now() });
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id: row.id },
      action: 'consent.opened',
      subject: { kind: 'consent', id: row.id },
    });
    return {
      ok: true as const,
      consent: {
        id: row.id,
        language: row.language,
        treatment: row.treatment,
        state: row.state as OpenConsent['state'],
        patientName: loaded.patientName,
        content: loaded.text.content,
        reviewState: loaded.text.reviewState,
        particulars: row.particulars as Particulars,
        tries: (row.answers as readonly AnswerTry[]).length,
        signedAt: row.signed_at ?? undefined,
        coolingOffUntil: row.cooling_off_until ?? undefined,
      },
    };
  });
}

export async function signConsent(
  services: LinkServices & Pick<Services, 'files' | 'typesetter' | 'config' | 'log'>,
  tenantId: string,
  token: string,
  form: SignForm,
): Promise<{ ok: true; consentId: string; sha256: string; coolingOffUntil: Date } | ConsentRefusal> {
  const parsed = signForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const given = parsed.data;
  const begun = await services.db.transaction().execute(async (trx) => {
    const found = await consentOfToken(services, trx, tenantId, token, true);
    if (!found.ok) return found;
    const { row } = found;
    if (row.state !== 'offered') return alreadySigned;
    const loaded = await load(services, trx, row);
    const particulars = row.particulars as Particulars;
    const wrong = wrongAnswers(loaded.text.content, given.answers);
    const before = row.answers as readonly AnswerTry[];
    // All answers right and only a signature missing: when it comes again it is the same try.
    const isSame = wrong.length === 0 && before.at(-1)?.wrong.length === 0;
    const now = services.clock.now().toISOString();
    const tries = isSame ? before : [...before, { at: now, answers: given.answers, wrong }];
    if (!isSame) await updateConsent(trx, tenantId, row.id, { answers: tries });
    if (wrong.length > 0) {
      return {
        ok: false as const,
        reason: 'not-understood' as const,
        message: 'Please look at these questions again.',
        field: `answers.${wrong[0]}`,
        wrong,
      };
    }
    const fault = faultOf(given, particulars);
    if (fault) return fault;
    return { ok: true as const, row, loaded, particulars, tries };
  });
  if (!begun.ok) return begun;
  const { row, loaded, particulars, tries } = begun;
  const signedAt = services.clock.now();
  const coolingOffUntil = new Date(signedAt.getTime() + loaded.text.content.coolingOffHours * 3_600_000);
  const signatures = particulars.parts.map((part) => signatureOf(given, part, particulars));
  // Set outside a transaction: the typesetter may take a second, and nothing is locked meanwhile.
  const pdf = await consentPdf(services, tenantId, loaded.zone, {
    consentId: row.id,
    language: row.language,
    treatment: row.treatment,
    patientName: loaded.patientName,
    birthDate: loaded.birthDate,
    content: loaded.text.content,
    textVersion: loaded.text.version,
    textSha256: loaded.text.sha256,
    review:
      loaded.text.reviewState === 'unreviewed'
        ? 'unreviewed'
        : { reviewedBy: loaded.reviewer, on: loaded.text.createdAt.toISOString().slice(0, 10) },
    particulars,
    tries,
    photos: given.photos,
    signatures,
    offeredAt: row.offered_at,
    openedAt: row.opened_at ?? undefined,
    signedAt,
    coolingOffUntil,
  });
  const sealed = await sealPdf(services, tenantId, pdf, {
    reason: consentLabels[row.language].sealReason,
    at: signedAt,
  });
  return services.db.transaction().execute(async (trx) => {
    const again = await consentOfToken(services, trx, tenantId, token, true);
    if (!again.ok) return again;
    if (again.row.state !== 'offered') return alreadySigned;
    const file = await services.files.put(trx, {
      tenantId,
      bytes: sealed.bytes,
      mediaType: 'application/pdf',
    });
    await updateConsent(trx, tenantId, row.id, {
      state: 'signed',
      answers: tries,
      signed_at: signedAt,
      cooling_off_until: coolingOffUntil,
      file_id: file.id,
      document_sha256: Buffer.from(sealed.sha256, 'hex'),
      expires_at: new Date(signedAt.getTime() + linkDaysAfterSigning * 86_400_000),
    });
    await insertSignatures(
      trx,
      signatures.map(({ part, name, relation, method, strokes }) => ({
        tenant_id: tenantId,
        consent_id: row.id,
        part,
        name,
        relation: relation ?? null,
        method,
        strokes: method === 'drawn' ? strokes : null,
        signed_at: signedAt,
      })),
    );
    await insertPhotoConsents(
      trx,
      given.photos.map(({ use, identifiable }) => ({
        tenant_id: tenantId,
        id: randomUUID(),
        patient_id: row.patient_id,
        consent_id: row.id,
        use,
        identifiable,
        given_at: signedAt,
        withdrawn_at: null,
        withdrawn_by_kind: null,
        withdrawn_by: null,
      })),
    );
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id: row.id },
      action: 'consent.signed',
      subject: { kind: 'consent', id: row.id },
      change: {
        after: {
          patientId: row.patient_id,
          treatment: row.treatment,
          textVersion: row.text_version,
          textSha256: loaded.text.sha256,
          documentSha256: sealed.sha256,
          stampedAt: sealed.stampedAt?.toISOString() ?? null,
          fileId: file.id,
          tries: tries.length,
          signatures: signatures.map(({ part, method }) => `${part}: ${method}`),
          photos: given.photos.map(({ use, identifiable }) => ({ use, identifiable })),
          coolingOffUntil: coolingOffUntil.toISOString(),
        },
      },
    });
    return { ok: true as const, consentId: row.id, sha256: sealed.sha256, coolingOffUntil };
  });
}

export async function withdrawByToken(
  services: LinkServices,
  tenantId: string,
  token: string,
  reason = '',
): Promise<{ ok: true } | ConsentRefusal> {
  return services.db.transaction().execute(async (trx) => {
    const found = await consentOfToken(services, trx, tenantId, token, true);
    if (!found.ok) return found;
    return endConsent(services, trx, found.row, { kind: 'link', id: found.row.id }, reason);
  });
}

export async function documentByToken(
  services: LinkServices & Pick<Services, 'files'>,
  tenantId: string,
  token: string,
): Promise<{ ok: true; bytes: Uint8Array; sha256: string } | ConsentRefusal> {
  return services.db.transaction().execute(async (trx) => {
    const found = await consentOfToken(services, trx, tenantId, token);
    if (!found.ok) return found;
    const { row } = found;
    const file = row.file_id === null ? undefined : await services.files.get(trx, tenantId, row.file_id);
    if (file === undefined) {
      return {
        ok: false as const,
        reason: 'no-such-consent' as const,
        message: 'Nothing has been signed yet.',
      };
    }
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id: row.id },
      action: 'consent.document-read',
      subject: { kind: 'consent', id: row.id },
    });
    return {
      ok: true as const,
      bytes: file.bytes,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    };
  });
}

async function load(services: Pick<Services, 'clock'>, trx: Trx, row: ConsentRow) {
  const text = await textVersion(trx, row.tenant_id, row.treatment, row.language, row.text_version);
  const facts = await patientFacts(services, trx, row.tenant_id, row.patient_id);
  if (text === undefined || facts === undefined) {
    throw Object.assign(new Error(`consent ${row.id} has lost its text or its patient`), {
      code: 'consent-broken' as const,
    });
  }
  const zone = (await listTenants({ db: trx })).find(({ id }) => id === row.tenant_id)?.zone ?? 'UTC';
  const { patient } = facts;
  // A reviewed version was made by the one who reviewed it.
  const reviewer = (await staffNames({ db: trx }, row.tenant_id)).get(text.createdBy ?? '') ?? '';
  return {
    text,
    reviewer,
    zone,
    patientName: patient.name,
    birthDate: patient.birthDateExact ? (patient.birthDate ?? undefined) : undefined,
  };
}

const alreadySigned: ConsentRefusal = {
  ok: false,
  reason: 'already-signed',
  message: 'This consent has been signed already.',
};

function faultOf(
  given: ReturnType<typeof signForm.parse>,
  particulars: Particulars,
): ConsentRefusal | undefined {
  const allowed = photoUsesFor(particulars.isMinor);
  const forbidden = given.photos.find(({ use }) => !allowed.includes(use));
  if (forbidden !== undefined) {
    return {
      ok: false,
      reason: 'photos-not-for-minors',
      message: 'Under 18, photographs are used for the record and for teaching only.',
      field: `photos.${forbidden.use}`,
    };
  }
  for (const part of particulars.parts) {
    const signature = given.signatures.find((one) => one.part === part);
    const missing = signature === undefined || (signature.method === 'drawn' && !isDrawn(signature.strokes));
    if (missing) {
      return {
        ok: false,
        reason: part === 'guardian' ? 'guardian-needed' : 'signature-missing',
        message: 'A signature is missing: draw it, or type the name.',
        field: `signature.${part}`,
      };
    }
  }
  return undefined;
}

function signatureOf(
  given: ReturnType<typeof signForm.parse>,
  part: SignaturePart,
  particulars: Particulars,
): GivenSignature {
  const signature = given.signatures.find((one) => one.part === part);
  const relation =
    part === 'guardian' ? (particulars.guardian?.relation ?? signature?.relation) : signature?.relation;
  return {
    part,
    name: signature?.name ?? '',
    relation: relation === '' ? undefined : relation,
    method: signature?.method ?? 'typed',
    strokes: signature?.strokes ?? [],
  };
}
