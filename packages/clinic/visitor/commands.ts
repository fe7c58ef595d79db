import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { blockText, parseText, problemsOf, questionsOf } from './rules.ts';
import type { Language, TextInput, TextVersion } from './schema.ts';
import { linesIn, readSeedTexts, type SeededClinic } from './seed-texts.ts';
import {
  insertVersion,
  lockNewestVersion,
  markPublished,
  markReviewed,
  type Question,
  replaceQuestions,
  searchQuestions,
  selectOverview,
  selectPublished,
  selectPublishedNames,
  selectPublishedOf,
  selectVersions,
  type TextName,
} from './store.ts';

/** A published page as a visitor reads it. */
export interface PublicPage extends TextVersion {
  /** The language really shown: English where the page was never published in the one asked for. */
  readonly language: Language;
  /** The English text has been published anew since this translation was made. */
  readonly lagsBehind: boolean;
}

export interface TextRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'not-found' | 'text-has-problems';
  readonly message: string;
  readonly problems?: readonly { line: number; message: string }[];
}

/** The page in the language asked for, else in English. Undefined when it was never published in either. */
export async function readPublicPage(
  services: Pick<Services, 'db'>,
  tenantId: string,
  { pageKey, language }: TextName,
): Promise<PublicPage | undefined> {
  const [own, english] = await Promise.all([
    selectPublished(services.db, tenantId, { pageKey, language }),
    selectPublished(services.db, tenantId, { pageKey, language: 'en' }),
  ]);
  const shown = own ?? english;
  if (!shown) return undefined;
  const lagsBehind =
    shown.language !== 'en' && english !== undefined && (shown.basedOnVersion ?? 0) < english.version;
  return { ...shown, lagsBehind };
}

/** Questions of the FAQ that fit what a visitor typed, best first. Empty for an empty query. */
export function findQuestions(
  services: Pick<Services, 'db'>,
  tenantId: string,
  language: Language,
  query: string,
): Promise<readonly Question[]> {
  return searchQuestions(services.db, tenantId, language, query.slice(0, 200));
}

/** The newest version of every page and language, for the editor's overview. */
export function listTexts(services: Pick<Services, 'db'>, tenantId: string) {
  return selectOverview(services.db, tenantId);
}

/** Every version of a page in a language, newest first. */
export function textHistory(services: Pick<Services, 'db'>, tenantId: string, name: TextName) {
  return selectVersions(services.db, tenantId, name);
}

/** Keeps what was typed as a new version. A draft may still have problems; only publishing asks that they are gone. */
export async function saveDraft(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  text: TextInput,
): Promise<{ ok: true; version: number } | TextRefusal> {
  if (!can(actor.role, 'content.write')) return notAllowed('write texts');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const version = (await lockNewestVersion(trx, actor.tenantId, text)) + 1;
    const basedOnVersion =
      text.language === 'en'
        ? null
        : await lockNewestVersion(trx, actor.tenantId, { pageKey: text.pageKey, language: 'en' });
    const at = services.clock.now();
    await insertVersion(
      trx,
      actor.tenantId,
      { ...text, version, state: 'draft', basedOnVersion },
      { writtenBy: actor.staffId, at },
    );
    await audit(services, trx, actor, 'text.drafted', text, version);
    return { ok: true, version };
  });
}

/** A clinician says that the version may stand as it is. Only owners and physicians can. */
export async function reviewText(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  name: TextName & { version: number },
): Promise<{ ok: true } | TextRefusal> {
  if (!can(actor.role, 'content.publish')) return notAllowed('review texts');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const by = { staffId: actor.staffId, name: actor.name, at: services.clock.now() };
    if (!(await markReviewed(trx, actor.tenantId, name, by))) return notFound();
    await audit(services, trx, actor, 'text.reviewed', name, name.version);
    return { ok: true };
  });
}

/** Shows a version to visitors, if nothing in it keeps it from being published. */
export async function publishText(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  name: TextName & { version: number },
): Promise<{ ok: true } | TextRefusal> {
  if (!can(actor.role, 'content.publish')) return notAllowed('publish texts');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    await lockNewestVersion(trx, actor.tenantId, name);
    const text = (await selectVersions(trx, actor.tenantId, name)).find(
      ({ version }) => version === name.version,
    );
    if (!text) return notFound();
    const problems = problemsOf(text);
    if (problems.length > 0)
      return {
        ok: false,
        reason: 'text-has-problems',
        message: 'Mend what is listed, then publish again.',
        problems,
      };
    await markPublished(trx, actor.tenantId, name, services.clock.now());
    await refreshQuestions(trx, actor.tenantId, text);
    await audit(services, trx, actor, 'text.published', name, name.version);
    return { ok: true };
  });
}

/**
 * Publishes the texts that come with the program for a clinic that has none, all unreviewed. Texts the clinic already
 * has are left alone.
 */
export async function seedTexts(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  clinic: SeededClinic,
): Promise<number> {
  const at = services.clock.now();
  let written = 0;
  for (const text of await readSeedTexts(clinic)) {
    if ((await lockNewestVersion(trx, tenantId, text)) > 0) continue;
    const basedOnVersion = text.language === 'en' ? null : 1;
    await insertVersion(
      trx,
      tenantId,
      { ...text, version: 1, state: 'published', basedOnVersion },
      { writtenBy: null, at },
    );
    await refreshQuestions(trx, tenantId, text);
    written += 1;
  }
  return written;
}

/**
 * Published texts that still name the sample clinic's place or doctor: a clinic opened by a version that gave every clinic
 * the same ones shows them until somebody writes its own.
 */
export async function textsOfSample(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<readonly TextName[]> {
  // Not with this module: then every start would read the files.
  const known = await (await import('./sample-lines.ts')).linesOfSample;
  const shown = await selectPublishedOf(services.db, tenantId, [
    ...new Set(known.map(({ pageKey }) => pageKey)),
  ]);
  return known.flatMap(({ pageKey, language, lines }) => {
    const text = shown.find((one) => one.pageKey === pageKey && one.language === language);
    const said = new Set(text === undefined ? [] : linesIn(text));
    return lines.some((line) => said.has(line)) ? [{ pageKey, language }] : [];
  });
}

/** Which pages visitors can read in which language, for the language menu and the sitemap. */
export function publishedPages(services: Pick<Services, 'db'>, tenantId: string) {
  return selectPublishedNames(services.db, tenantId);
}

async function refreshQuestions(trx: Trx, tenantId: string, text: TextInput): Promise<void> {
  if (text.pageKey !== 'faq') return;
  const questions = questionsOf(parseText(text.body).blocks).map(({ id, question, answer }) => ({
    headingId: id,
    question,
    answer: answer.map(blockText).join(' '),
  }));
  await replaceQuestions(trx, tenantId, text.language, questions);
}

function audit(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
  { pageKey, language }: TextName,
  version: number,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action,
    subject: { kind: 'text', id: `${language}/${pageKey}` },
    change: { after: { version } },
  });
}

const notAllowed = (what: string): TextRefusal => ({
  ok: false,
  reason: 'not-allowed',
  message: `Your role may not ${what}; ask an owner or a physician.`,
});
const notFound = (): TextRefusal => ({
  ok: false,
  reason: 'not-found',
  message: 'That version does not exist any more; reload the list.',
});
