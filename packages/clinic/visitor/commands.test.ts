import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { asTenant } from '../platform/database.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  findQuestions,
  listTexts,
  publishedPages,
  publishText,
  readPublicPage,
  reviewText,
  saveDraft,
  seedTexts,
  textHistory,
  textsOfSample,
} from './commands.ts';
import { languages, pageKeys } from './schema.ts';
import { readSeedTexts } from './seed-texts.ts';

const services = await testServices();

async function seededClinic(role: Role = 'physician'): Promise<Actor> {
  const tenantId = await testTenant(services.db);
  await asTenant(services.db, tenantId, (trx) => seedTexts(services, trx, tenantId, 'own'));
  return { tenantId, staffId: randomUUID(), role, name: 'Test physician', sessionId: randomUUID() };
}

const scalp = { pageKey: 'scalp', language: 'en' } as const;
const draft = {
  ...scalp,
  title: 'Scalp',
  description: 'About the scalp.',
  body: '## Short\n\nA plain text.',
};

describe('texts of the public site', () => {
  it('come with the program in every language, published and unreviewed, and are seeded once', async () => {
    const { tenantId } = await seededClinic();
    expect(await publishedPages(services, tenantId)).toHaveLength(languages.length * pageKeys.length);
    const page = await readPublicPage(services, tenantId, { pageKey: 'vitiligo', language: 'bn' });
    expect(page).toMatchObject({ language: 'bn', reviewedBy: null, lagsBehind: false });
    expect(await asTenant(services.db, tenantId, (trx) => seedTexts(services, trx, tenantId, 'own'))).toBe(0);
  });

  it('change for visitors only when a version is published, and every version stays readable', async () => {
    const actor = await seededClinic();
    const saved = await saveDraft(services, actor, draft);
    expect(saved).toEqual({ ok: true, version: 2 });
    expect((await readPublicPage(services, actor.tenantId, scalp))?.version).toBe(1);
    await reviewText(services, actor, { ...scalp, version: 2 });
    await publishText(services, actor, { ...scalp, version: 2 });
    expect(await readPublicPage(services, actor.tenantId, scalp)).toMatchObject({
      version: 2,
      reviewedBy: 'Test physician',
    });
    const states = (await textHistory(services, actor.tenantId, scalp)).map((text) => text.state);
    expect(states).toEqual(['published', 'retired']);
  });

  it('that name the sample clinic are told of until no line of its own is left in them', async () => {
    const actor = await seededClinic();
    expect(await textsOfSample(services, actor.tenantId)).toEqual([]);
    const tenantId = await testTenant(services.db);
    const earlier = { ...actor, tenantId };
    await asTenant(services.db, tenantId, (trx) => seedTexts(services, trx, tenantId, 'sample'));
    const left = await textsOfSample(services, tenantId);
    expect(left).toHaveLength(3 * languages.length);
    const own = await readSeedTexts('own');
    for (const [done, name] of left.entries()) {
      expect(await textsOfSample(services, tenantId)).toHaveLength(left.length - done);
      const text = own.find((one) => one.pageKey === name.pageKey && one.language === name.language);
      const saved = await saveDraft(services, earlier, { ...(text ?? draft), ...name });
      expect(await textsOfSample(services, tenantId)).toHaveLength(left.length - done);
      if (!saved.ok) throw new Error(saved.message);
      expect(await publishText(services, earlier, { ...name, version: saved.version })).toEqual({ ok: true });
    }
    expect(await textsOfSample(services, tenantId)).toEqual([]);
  });

  it('say when a translation lags behind the English text', async () => {
    const actor = await seededClinic();
    await saveDraft(services, actor, draft);
    await publishText(services, actor, { ...scalp, version: 2 });
    const hindi = { pageKey: 'scalp', language: 'hi' } as const;
    expect((await readPublicPage(services, actor.tenantId, hindi))?.lagsBehind).toBe(true);
    await saveDraft(services, actor, { ...draft, language: 'hi', title: 'सिर', description: 'सिर के बारे में।' });
    await publishText(services, actor, { ...hindi, version: 2 });
    expect((await readPublicPage(services, actor.tenantId, hindi))?.lagsBehind).toBe(false);
  });

  it('are not published while they promise something, and say where', async () => {
    const actor = await seededClinic();
    await saveDraft(services, actor, { ...draft, body: 'A permanent result.' });
    const refused = await publishText(services, actor, { ...scalp, version: 2 });
    expect(refused).toMatchObject({ ok: false, reason: 'text-has-problems' });
    expect((await readPublicPage(services, actor.tenantId, scalp))?.version).toBe(1);
  });

  it('are written and published only by roles that may, and each act is audited', async () => {
    const actor = await seededClinic('desk');
    expect(await saveDraft(services, actor, draft)).toMatchObject({ ok: false, reason: 'not-allowed' });
    const physician = { ...actor, role: 'physician' as const };
    await saveDraft(services, physician, draft);
    await publishText(services, physician, { ...scalp, version: 2 });
    const log = await listAudit(services, actor.tenantId, { subjectKind: 'text' });
    expect(log.map(({ entry }) => entry?.action)).toEqual(['text.published', 'text.drafted']);
  });

  it('of one clinic are not seen by another', async () => {
    const one = await seededClinic();
    const other = await testTenant(services.db);
    expect(await readPublicPage(services, other, scalp)).toBeUndefined();
    expect(await listTexts(services, one.tenantId)).toHaveLength(languages.length * pageKeys.length);
    expect(await listTexts(services, other)).toEqual([]);
  });

  it('keep both drafts when two people save at the same time', async () => {
    const actor = await seededClinic();
    const saved = await Promise.all(
      ['One.', 'Two.', 'Three.'].map((body) => saveDraft(services, actor, { ...draft, body })),
    );
    expect(new Set(saved.map((result) => result.ok && result.version))).toEqual(new Set([2, 3, 4]));
  });
});

describe('search in the questions', () => {
  it.each([
    ['en', 'hair transplant', /transplant/i],
    ['en', 'tatoo army', /army/i],
    ['en', 'transplnt', /transplant/i],
    ['hi', 'दर्द', /दर्द/],
    ['hi', 'ट्रांसप्लांट', /ट्रांसप्लांट/],
    ['bn', 'ব্যথা', /ব্যথা/],
    ['bn', 'রক্ত', /রক্ত/],
    ['ne', 'दुख्छ', /दुख्छ/],
  ] as const)('in %s finds "%s"', async (language, query, wanted) => {
    const { tenantId } = await seededClinic();
    const found = await findQuestions(services, tenantId, language, query);
    expect(found[0] && `${found[0].question} ${found[0].answer}`).toMatch(wanted);
  });

  it('answers an empty or strange query with nothing', async () => {
    const { tenantId } = await seededClinic();
    for (const query of ['', '   ', "'&|!()*:", '\\', 'xqzxqz'])
      expect(await findQuestions(services, tenantId, 'en', query)).toEqual([]);
  });
});
