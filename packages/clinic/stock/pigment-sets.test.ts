import { parsePigments, pigmentDocument, samplePaints } from '@undertone/engine/match/index.ts';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { listPigmentSets, readPigmentSet, savePigmentSet } from './pigment-sets.ts';

const services = await testServices();
const text = JSON.stringify(pigmentDocument(samplePaints));
const changedText = (change: Record<string, unknown>) => JSON.stringify({ ...JSON.parse(text), ...change });

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId);

async function savedBy(actor: Actor, document = text) {
  const saved = await savePigmentSet(services, actor, { document });
  if (!saved.ok) throw new Error(saved.message);
  return saved.set;
}

describe('a clinic’s pigment set', () => {
  it('is read back byte for byte, and every touch is in the audit chain', async () => {
    const actor = await actorAs('physician');
    const set = await savedBy(actor);
    expect(set).toMatchObject({
      version: 1,
      name: samplePaints.name,
      kind: 'paint',
      doseCalibrated: false,
      pigmentCount: samplePaints.pigments.length,
      provenance: samplePaints.pigments[0]?.provenance,
    });
    expect(await readPigmentSet(services, actor, set.setId)).toEqual({ ok: true, set, document: text });
    expect(await listPigmentSets(services, actor)).toEqual({ ok: true, sets: [set] });
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.map((row) => row.entry?.action).slice(0, 3)).toEqual([
      'pigments.listed',
      'pigments.read',
      'pigments.saved',
    ]);
  });

  it('gets versions that leave the earlier ones as they were', async () => {
    const actor = await actorAs('owner');
    const { setId } = await savedBy(actor);
    const calibrated = changedText({ doseCalibrated: true, undilutedDose: 320 });
    const both = await Promise.all([
      savePigmentSet(services, actor, { setId, document: calibrated }),
      savePigmentSet(services, actor, { setId, document: calibrated }),
    ]);
    expect(new Set(both.map((one) => one.ok && one.set.version))).toEqual(new Set([2, 3]));
    expect(await readPigmentSet(services, actor, setId, 1)).toMatchObject({ document: text });
    const listed = await listPigmentSets(services, actor);
    expect(listed.ok && listed.sets.map((one) => [one.version, one.doseCalibrated])).toEqual([[3, true]]);
    await expect(
      services.db.updateTable('pigment_sets').set({ document: '{}' }).execute(),
    ).rejects.toMatchObject({ code: '23001' });
  });

  it('belongs to one clinic', async () => {
    const { setId } = await savedBy(await actorAs('owner'));
    const stranger = await actorAs('owner');
    expect(await readPigmentSet(services, stranger, setId)).toMatchObject({ reason: 'no-such-set' });
    expect(await listPigmentSets(services, stranger)).toEqual({ ok: true, sets: [] });
    expect(await savePigmentSet(services, stranger, { setId, document: text })).toMatchObject({
      reason: 'no-such-set',
    });
  });

  it('is kept by those who keep the stock and read by those who see it', async () => {
    const owner = await actorAs('owner');
    const { setId } = await savedBy(owner);
    for (const role of ['desk', 'auditor'] as const) {
      const actor = await actorAs(role, owner.tenantId);
      expect(await savePigmentSet(services, actor, { document: text })).toMatchObject({
        reason: 'not-allowed',
      });
      expect(await readPigmentSet(services, actor, setId)).toMatchObject({ ok: true });
    }
  });

  it.each([
    ['a table of drawdowns', 'wavelength_nm,masstone|white|rep1\n', 'wrong-format', 'document'],
    ['no name', changedText({ name: ' ' }), 'no-name', 'name'],
    ['no kind', changedText({ kind: 'dye' }), 'bad-pigments', 'kind'],
    ['a later version', changedText({ version: 2 }), 'bad-pigments', 'version'],
    ['no pigments', changedText({ pigments: [] }), 'bad-pigments', 'pigments'],
    ['more than a megabyte', changedText({ note: 'x'.repeat(1_100_000) }), 'set-too-large', 'document'],
  ])('is refused for %s, and nothing is kept', async (_, document, reason, field) => {
    const actor = await actorAs('owner');
    expect(await savePigmentSet(services, actor, { document })).toMatchObject({ ok: false, reason, field });
    expect(await listPigmentSets(services, actor)).toEqual({ ok: true, sets: [] });
  });

  it('is a set the engine reads', async () => {
    const actor = await actorAs('assistant');
    const { setId } = await savedBy(actor);
    const read = await readPigmentSet(services, actor, setId);
    const parsed = read.ok && parsePigments(read.document);
    expect(parsed && parsed.ok && parsed.set.pigments.map(({ id }) => id)).toEqual(
      samplePaints.pigments.map(({ id }) => id),
    );
  });
});
