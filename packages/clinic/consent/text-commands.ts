/*
 * Versions of the consent texts. The text that comes with the program becomes version 1 when it is first used; staff
 * write further versions, and a version never changes.
 *
 *   listConsentTexts(services, actor)                    every version there is
 *   readConsentText(services, actor, treatment, lang)    the one in use, with its hash and review state
 *   saveConsentText(services, actor, content)            a new version, unreviewed
 *   reviewConsentText(services, actor, …)                a physician has read this version: a new, reviewed one
 */
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { canonicalJson } from '../audit/rules.ts';
import { type Treatment, treatments } from '../candidacy/rules.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type Language, language as languages } from '../tenant/schema.ts';
import { type ConsentContent, type ConsentRefusal, consentContent } from './schema.ts';
import { insertText, selectText, selectTexts, type TextRow } from './store.ts';
import { promiseIn, shippedContent } from './text.ts';

export interface ConsentText {
  readonly treatment: Treatment;
  readonly language: Language;
  readonly version: number;
  readonly sha256: string;
  readonly reviewState: 'unreviewed' | 'reviewed';
  readonly content: ConsentContent;
  readonly createdAt: Date;
  readonly createdBy: string | undefined;
}

/** The text in use, in the caller's transaction; the program's own becomes version 1 if there is none yet. */
export async function currentText(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  treatment: Treatment,
  language: Language,
): Promise<ConsentText> {
  const found = await selectText(trx, tenantId, treatment, language);
  if (found !== undefined) return textOf(found);
  const row = rowOf(tenantId, 1, shippedContent(treatment, language), services.clock.now(), null);
  await insertText(trx, row);
  return textOf(row);
}

/** One version, as it was signed. */
export async function textVersion(
  trx: Trx,
  tenantId: string,
  treatment: Treatment,
  language: Language,
  version: number,
): Promise<ConsentText | undefined> {
  const row = await selectText(trx, tenantId, treatment, language, version);
  return row && textOf(row);
}

export async function listConsentTexts(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true; texts: readonly ConsentText[] } | ConsentRefusal> {
  if (!can(actor.role, 'consent.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    for (const treatment of treatments) {
      for (const one of languages.options) await currentText(services, trx, actor.tenantId, treatment, one);
    }
    return { ok: true as const, texts: (await selectTexts(trx, actor.tenantId)).map(textOf) };
  });
}

/** @param content whole; its `treatment` and `language` say which text gets the new version */
export async function saveConsentText(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  content: unknown,
  options: { readonly isReviewed?: boolean } = {},
): Promise<{ ok: true; text: ConsentText } | ConsentRefusal> {
  if (!can(actor.role, 'content.write') || !can(actor.role, 'consent.write')) return notAllowed;
  const parsed = consentContent.safeParse(content);
  if (!parsed.success) return badForm(parsed.error);
  const promise = promiseIn(parsed.data);
  if (promise !== undefined) {
    return {
      ok: false,
      reason: 'promise-in-text',
      message: `“${promise}” promises what nobody can keep; say it without.`,
      field: 'sections',
    };
  }
  const { treatment, language } = parsed.data;
  return services.db.transaction().execute(async (trx) => {
    const before = await currentText(services, trx, actor.tenantId, treatment, language);
    const row = rowOf(
      actor.tenantId,
      before.version + 1,
      parsed.data,
      services.clock.now(),
      actor.staffId,
      options.isReviewed === true ? 'reviewed' : 'unreviewed',
    );
    const isNew = await insertText(trx, row);
    if (!isNew) {
      return {
        ok: false as const,
        reason: 'bad-form' as const,
        message: 'Somebody has just saved this text; look at theirs first.',
      };
    }
    const text = textOf(row);
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: options.isReviewed === true ? 'consent-text.reviewed' : 'consent-text.saved',
      subject: { kind: 'consent-text', id: `${treatment}/${language}` },
      change: { after: { version: text.version, sha256: text.sha256 } },
    });
    return { ok: true as const, text };
  });
}

/** The newest version as it is, with the physician's word that it was read. */
export async function reviewConsentText(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  treatment: Treatment,
  language: Language,
  version: number,
): Promise<{ ok: true; text: ConsentText } | ConsentRefusal> {
  if (!can(actor.role, 'content.publish') || !can(actor.role, 'consent.write')) return notAllowed;
  const found = await services.db
    .transaction()
    .execute((trx) => currentText(services, trx, actor.tenantId, treatment, language));
  if (found.version !== version) {
    return {
      ok: false,
      reason: 'bad-form',
      message: 'There is a newer version; read that one.',
      field: 'version',
    };
  }
  return saveConsentText(services, actor, found.content, { isReviewed: true });
}

function rowOf(
  tenantId: string,
  version: number,
  content: ConsentContent,
  at: Date,
  by: string | null,
  state: TextRow['review_state'] = 'unreviewed',
): TextRow {
  const text = canonicalJson(content);
  return {
    tenant_id: tenantId,
    treatment: content.treatment,
    language: content.language,
    version,
    content: text,
    sha256: createHash('sha256').update(text).digest(),
    review_state: state,
    created_at: at,
    created_by: by,
  };
}

function textOf(row: TextRow): ConsentText {
  return {
    treatment: row.treatment,
    language: row.language,
    version: row.version,
    sha256: row.sha256.toString('hex'),
    reviewState: row.review_state,
    content: consentContent.parse(JSON.parse(row.content)),
    createdAt: row.created_at,
    createdBy: row.created_by ?? undefined,
  };
}

const notAllowed: ConsentRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
