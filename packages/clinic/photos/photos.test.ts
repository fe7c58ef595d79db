import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { secretPlace, tortureFiles } from '../platform/images/testing/torture.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import {
  addPiece,
  beginUpload,
  drawLine,
  listPhotos,
  photoForUse,
  photoJobs,
  readPhoto,
  readPhotoLines,
  uploadState,
} from './commands.ts';
import { forgetUploads, makeCopies } from './jobs.ts';
import { ghostFor, mmPerPxOf, nextView } from './rules.ts';
import { photoViews, standardViews } from './views.ts';

const services = await testServices({
  handlers: [makeCopies, forgetUploads].map((job) => ({
    job: job as typeof makeCopies & typeof forgetUploads,
    run: async () => undefined,
  })),
});

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId);

const newPatient = async (actor: Actor) => (await testPatient(services, actor)).id;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const announce = (patientId: string, bytes: Uint8Array, more: object = {}) => ({
  uploadId: randomUUID(),
  patientId,
  treatment: 'vitiligo',
  view: 'mid',
  origin: 'upload',
  takenAt: services.clock.now().toISOString(),
  sizeBytes: bytes.length,
  sha256: sha256(bytes),
  ...more,
});

async function add(actor: Actor, patientId: string, bytes: Uint8Array, more: object = {}) {
  const form = announce(patientId, bytes, more);
  const begun = await beginUpload(services, actor, form);
  if (!begun.ok) return begun;
  return addPiece(services, actor, form.uploadId, 0, bytes);
}

/** A picture no other test has: noise does not compress, so that pieces are many. */
const noise = (seed: number) =>
  sharp(Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7919 + seed * 104_729) % 251)), {
    raw: { width: 64, height: 48, channels: 3 },
  })
    .png()
    .toBuffer();

describe('a photograph on a bad line', () => {
  it('arrives exactly once, byte for byte, whatever is cut, repeated or out of place', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const events = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('next' as const), length: fc.integer({ min: 0, max: 4000 }) }),
        fc.record({ kind: fc.constant('again' as const), length: fc.integer({ min: 1, max: 4000 }) }),
        fc.record({ kind: fc.constant('ahead' as const), length: fc.integer({ min: 1, max: 4000 }) }),
        fc.record({ kind: fc.constant('begin' as const), length: fc.constant(0) }),
        fc.record({ kind: fc.constant('both' as const), length: fc.integer({ min: 1, max: 4000 }) }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        const bytes = await noise(++count);
        const form = announce(patientId, bytes);
        await beginUpload(services, actor, form);
        const send = (at: number, length: number) =>
          addPiece(services, actor, form.uploadId, at, bytes.subarray(at, at + length));
        const now = async () => {
          const state = await uploadState(services, actor, form.uploadId);
          return state.ok ? state.state : { offset: -1, photoId: undefined };
        };
        const wrongPlaces: [object, object][] = [];
        for (const { kind, length } of all) {
          const { offset, photoId } = await now();
          if (photoId !== undefined) break;
          if (kind === 'begin') await beginUpload(services, actor, form);
          if (kind === 'next') await send(offset, length);
          if (kind === 'both') await Promise.all([send(offset, length), send(offset, length)]);
          const wrong = kind === 'ahead' ? offset + length : Math.max(0, offset - length);
          if (['ahead', 'again'].includes(kind) && wrong !== offset)
            wrongPlaces.push([await send(wrong, 10), { reason: 'wrong-offset', offset }]);
        }
        for (const [answer, refusal] of wrongPlaces) expect(answer).toMatchObject(refusal);
        for (;;) {
          const { offset, photoId } = await now();
          if (photoId !== undefined) break;
          await send(offset, 3000);
        }
        // The answer to the last piece was lost: it is sent again.
        expect(await send(bytes.length - 1, 1)).toMatchObject({
          ok: true,
          state: { photoId: form.uploadId },
        });
        const kept = await readPhoto(services, actor, form.uploadId, 'original');
        expect(kept.ok && Buffer.compare(Buffer.from(kept.bytes), bytes)).toBe(0);
      }),
      { numRuns: 12 },
    );
    const listed = await listPhotos(services, actor, patientId);
    expect(listed.ok && listed.photos.length).toBe(count);
    expect(await services.db.selectFrom('photo_upload_parts').selectAll().execute()).toEqual([]);
  });

  it('is refused when other bytes arrive than were announced, and can be sent again', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const bytes = await noise(500);
    const form = announce(patientId, bytes);
    await beginUpload(services, actor, form);
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    expect(await addPiece(services, actor, form.uploadId, 0, damaged)).toMatchObject({
      reason: 'content-mismatch',
      offset: 0,
    });
    expect(await addPiece(services, actor, form.uploadId, 0, Buffer.concat([bytes, bytes]))).toMatchObject({
      reason: 'too-many-bytes',
    });
    expect(await addPiece(services, actor, form.uploadId, 0, bytes)).toMatchObject({ ok: true });
  });

  it('does not mix with another file or another patient under the same id', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const bytes = await noise(501);
    const form = announce(patientId, bytes);
    await beginUpload(services, actor, form);
    expect(await beginUpload(services, actor, { ...form, patientId: await newPatient(actor) })).toMatchObject(
      { reason: 'other-upload' },
    );
    expect(await beginUpload(services, actor, { ...form, sha256: '0'.repeat(64) })).toMatchObject({
      reason: 'other-upload',
    });
    const stranger = await actorAs('assistant');
    expect(await addPiece(services, stranger, form.uploadId, 0, bytes)).toMatchObject({
      reason: 'not-found',
    });
  });

  it('is forgotten with its pieces when nobody goes on with it', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const bytes = await noise(502);
    const form = announce(patientId, bytes);
    await beginUpload(services, actor, form);
    await addPiece(services, actor, form.uploadId, 0, bytes.subarray(0, 50));
    services.clock.advance(15 * 24 * 3600 * 1000);
    const sweep = photoJobs(services).find(({ job }) => job.name === forgetUploads.name);
    await sweep?.run({}, { jobId: randomUUID(), attempt: 0, signal: new AbortController().signal });
    expect(await uploadState(services, actor, form.uploadId)).toMatchObject({ reason: 'not-found' });
    expect(await services.db.selectFrom('photo_upload_parts').selectAll().execute()).toEqual([]);
  });
});

const oneOf = (reasons: readonly string[]) => expect.stringMatching(new RegExp(`^(${reasons.join('|')})$`));

describe('what is sent', () => {
  it('is shown right or refused with a reason, and never says where it was taken', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const answers: unknown[] = [];
    const right: unknown[] = [];
    for (const { name, bytes, expect: wanted } of await tortureFiles()) {
      if (bytes.length === 0) continue;
      const added = await add(actor, patientId, bytes);
      const shown = async (size: 'original' | 'thumb') => {
        const read = await readPhoto(services, actor, (added.ok && added.state.photoId) || '', size);
        if (!read.ok) return read.reason;
        const { widthPx, heightPx } = read.photo;
        return { widthPx, heightPx, tellsPlace: Buffer.from(read.bytes).includes(secretPlace) };
      };
      // Copies are made alike from every format; two of them stand for all.
      const sizes = ['jpeg', 'orientation 6'].includes(name)
        ? (['original', 'thumb'] as const)
        : (['original'] as const);
      answers.push([name, ...(added.ok ? await Promise.all(sizes.map(shown)) : [added.reason])]);
      const whole = { ...wanted, tellsPlace: false };
      right.push([name, ...('reasons' in wanted ? [oneOf(wanted.reasons)] : sizes.map(() => whole))]);
    }
    expect(answers).toEqual(right);
  }, 120_000);

  it('lies encrypted and unchanged, hashed as it was taken', async () => {
    const actor = await actorAs('physician');
    const patientId = await newPatient(actor);
    const bytes = await noise(600);
    const added = await add(actor, patientId, bytes);
    const photoId = added.ok ? (added.state.photoId ?? '') : '';
    const row = await services.db
      .selectFrom('photos')
      .selectAll()
      .where('id', '=', photoId)
      .executeTakeFirstOrThrow();
    const file = await services.files.get(services.db, actor.tenantId, row.file_id);
    expect(file && sha256(file.bytes)).toBe(sha256(bytes));
    await expect(
      services.db.updateTable('photos').set({ view: 'front' }).where('id', '=', photoId).execute(),
    ).rejects.toMatchObject({ code: '23001' });
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.some(({ entry }) => entry?.action === 'photo.added')).toBe(true);
  });

  it('gets its copies from the job, once', async () => {
    const actor = await actorAs('physician');
    const added = await add(actor, await newPatient(actor), await noise(601));
    const photoId = added.ok ? (added.state.photoId ?? '') : '';
    const job = photoJobs(services).find(({ job: one }) => one.name === makeCopies.name);
    for (let i = 0; i < 2; i++)
      await job?.run(
        { tenantId: actor.tenantId, photoId },
        { jobId: randomUUID(), attempt: 0, signal: new AbortController().signal },
      );
    const copies = await services.db
      .selectFrom('photo_copies')
      .select('size')
      .where('photo_id', '=', photoId)
      .execute();
    expect(new Set(copies.map(({ size }) => size))).toEqual(new Set(['thumb', 'screen']));
    expect(copies).toHaveLength(2);
  });
});

describe('a photograph of the record', () => {
  it('is taken and seen by those who treat, not by the desk, and stays in its clinic', async () => {
    const actor = await actorAs('assistant');
    const patientId = await newPatient(actor);
    const added = await add(actor, patientId, await noise(700));
    const photoId = added.ok ? (added.state.photoId ?? '') : '';
    for (const role of ['desk', 'auditor'] as const) {
      const other = await actorAs(role, actor.tenantId);
      expect(await listPhotos(services, other, patientId)).toMatchObject({ reason: 'not-allowed' });
      expect(await readPhoto(services, other, photoId, 'thumb')).toMatchObject({ reason: 'not-allowed' });
      expect(await add(other, patientId, await noise(701))).toMatchObject({ reason: 'not-allowed' });
    }
    const stranger = await actorAs('owner');
    expect(await readPhoto(services, stranger, photoId, 'screen')).toMatchObject({ reason: 'not-found' });
  });

  it('is used for nothing else without consent to that use', async () => {
    const actor = await actorAs('physician');
    const added = await add(actor, await newPatient(actor), await noise(702));
    const photoId = added.ok ? (added.state.photoId ?? '') : '';
    for (const use of ['teaching', 'publication', 'social-media'] as const)
      expect(await photoForUse(services, actor, photoId, use)).toMatchObject({ reason: 'no-consent' });
    const assistant = await actorAs('assistant', actor.tenantId);
    expect(await photoForUse(services, assistant, photoId, 'teaching')).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('is measured by a line of known length, and by nothing less', async () => {
    const actor = await actorAs('assistant');
    const added = await add(actor, await newPatient(actor), await noise(703));
    const photoId = added.ok ? (added.state.photoId ?? '') : '';
    const line = { photoId, x1Px: 3, y1Px: 4, x2Px: 33, y2Px: 44 };
    expect(await drawLine(services, actor, { ...line, kind: 'length' })).toMatchObject({
      reason: 'no-scale',
    });
    expect(await drawLine(services, actor, { ...line, kind: 'scale' })).toMatchObject({ field: 'mm' });
    await drawLine(services, actor, { ...line, kind: 'scale', mm: 10 });
    const half = await drawLine(services, actor, {
      photoId,
      kind: 'length',
      x1Px: 0,
      y1Px: 0,
      x2Px: 25,
      y2Px: 0,
    });
    expect(half.ok && half.line.mm).toBeCloseTo(5, 6);
    const read = await readPhotoLines(services, actor, photoId);
    expect(read.ok && mmPerPxOf(read.lines)).toBeCloseTo(0.2, 6);
  });
});

describe('standard views', () => {
  it('name every view of every treatment once, seven of them of a scalp', () => {
    for (const { views } of Object.values(standardViews)) {
      expect(new Set(views).size).toBe(views.length);
      expect(views).toEqual(expect.arrayContaining(['context', 'mid', 'close-up']));
    }
    expect(standardViews.scalp.views.length - 3).toBe(7);
    const used = new Set(Object.values(standardViews).flatMap(({ views }) => views));
    expect(used).toEqual(new Set(photoViews));
  });

  it('go on with what is missing, over the last one of the same view', () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day));
    const taken = (id: string, view: 'rest' | 'smile', day: number) =>
      ({ id, treatment: 'lip', view, takenAt: at(day) }) as never;
    const photos = [taken('a', 'rest', 1), taken('b', 'rest', 5), taken('c', 'smile', 1)];
    expect(nextView(photos, 'lip', at(5))).toBe('smile');
    expect(nextView(photos, 'lip', at(9))).toBe('rest');
    expect(ghostFor(photos, 'lip', 'rest')?.id).toBe('b');
    expect(ghostFor(photos, 'scalp', 'front')).toBeUndefined();
  });
});
