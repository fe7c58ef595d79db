import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { cancelBooking, confirmBooking, moveBooking, requestBooking, sweep } from '../booking/commands.ts';
import { bookingRequestSchema } from '../booking/schema.ts';
import { makeTestClinic, solved, type TestClinic } from '../booking/testing/clinic.ts';
import { freedSlotJob, sweepJob } from '../booking/waitlist-jobs.ts';
import { notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { type TestServices, testServices } from '../platform/testing/database.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { pictureMostBytes } from './picture-limits.ts';
import {
  attachPreviewPicture,
  previewPictureByToken,
  readPreviewPicture,
  removePreviewPicture,
  sweepPreviewPictures,
  takeBackPreviewPicture,
  withPreviewPicture,
} from './preview-picture.ts';

const inert = async () => undefined;
const services: TestServices = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});
const { db } = services;

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a87' } })
    .withExif({ IFD0: { Make: 'Sample phone' }, IFD3: { GPSLatitude: '26/1 43/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();
});

const staff = (clinic: TestClinic, role: Role): Actor => ({
  tenantId: clinic.tenantId,
  staffId: randomUUID(),
  role,
  name: 'Test',
  sessionId: randomUUID(),
});

/** A visit that is held, or a request to be called back where there is no e-mail address. */
async function asked(clinic: TestClinic, email?: string) {
  const request = bookingRequestSchema.parse({
    service: 'visit',
    start: '2026-03-03T10:00:00+05:30',
    name: 'Sample patient 014',
    ...(email === undefined ? { phone: '+919800000000' } : { email }),
    altcha: await solved(services, clinic.tenantId),
  });
  const context = { idempotencyKey: randomUUID(), address: randomUUID() };
  const answer = await requestBooking(services, clinic.tenantId, request, context);
  if (!answer.ok) throw new Error(answer.message);
  return answer.reply;
}

async function heldWithPicture() {
  const clinic = await makeTestClinic(db);
  const reply = await asked(clinic, 'patient014@example.org');
  if (reply.kind !== 'booking') throw new Error('not held');
  const of = { kind: 'booking' as const, id: reply.booking.id };
  const attached = await attach(clinic, of);
  if (!attached.ok) throw new Error(attached.message);
  return { clinic, of, token: reply.token, pictureId: attached.id };
}

const attach = (clinic: TestClinic, of: { kind: 'booking' | 'call-back'; id: string }, bytes = jpeg) =>
  attachPreviewPicture(services, clinic.tenantId, {
    of,
    bytes,
    shows: { treatment: 'lip', state: 'week6', range: 'expected' },
    consent: { language: 'en', words: 'Send this preview picture along.' },
  });

const filesOf = (clinic: TestClinic) =>
  db.selectFrom('files').select('id').where('tenant_id', '=', clinic.tenantId).execute();

describe('a preview picture sent with a booking', () => {
  it('is kept as pixels alone, encrypted, and read with an entry in the audit chain', async () => {
    const { clinic, of, token } = await heldWithPicture();
    const desk = staff(clinic, 'desk');
    const read = await readPreviewPicture(services, desk, of);
    if (!read.ok) throw new Error(read.message);
    expect(read.picture.shows).toEqual({ treatment: 'lip', state: 'week6', range: 'expected' });
    const { width, height, format, exif } = await sharp(read.bytes).metadata();
    expect({ width, height, format, exif }).toEqual({
      width: 300,
      height: 200,
      format: 'jpeg',
      exif: undefined,
    });
    const actions = (await listAudit(services, clinic.tenantId)).map(({ entry }) => entry?.action);
    expect(actions.slice(0, 2)).toEqual(['preview-picture.read', 'preview-picture.attached']);
    expect(await withPreviewPicture(services, desk, 'booking', [of.id, randomUUID()])).toEqual(
      new Set([of.id]),
    );
    expect(await previewPictureByToken(services, clinic.tenantId, token)).toMatchObject({
      shows: { treatment: 'lip' },
    });
  });

  it('is attached once, however often the request is repeated', async () => {
    const { clinic, of, pictureId } = await heldWithPicture();
    expect(await attach(clinic, of)).toEqual({ ok: true, id: pictureId });
    expect(await filesOf(clinic)).toHaveLength(1);
  });

  it('is seen by those who may read patients, never by an auditor or another clinic', async () => {
    const { clinic, of } = await heldWithPicture();
    const auditor = staff(clinic, 'auditor');
    expect(await readPreviewPicture(services, auditor, of)).toMatchObject({ reason: 'not-allowed' });
    expect(await withPreviewPicture(services, auditor, 'booking', [of.id])).toEqual(new Set());
    const stranger = staff(await makeTestClinic(db), 'owner');
    expect(await readPreviewPicture(services, stranger, of)).toMatchObject({ reason: 'not-found' });
    expect(await removePreviewPicture(services, stranger, of)).toMatchObject({ reason: 'not-found' });
  });

  it('is shredded at once when the visitor takes the consent back, and twice is once', async () => {
    const { clinic, of, token } = await heldWithPicture();
    for (let time = 0; time < 2; time += 1) {
      expect(await takeBackPreviewPicture(services, clinic.tenantId, token)).toEqual({ ok: true });
    }
    expect(await filesOf(clinic)).toEqual([]);
    expect(await previewPictureByToken(services, clinic.tenantId, token)).toBeUndefined();
    expect(await readPreviewPicture(services, staff(clinic, 'physician'), of)).toMatchObject({
      reason: 'not-found',
    });
  });

  it('outlives confirming and moving, but not cancelling', async () => {
    const { clinic, of } = await heldWithPicture();
    const desk = staff(clinic, 'desk');
    const actor = { kind: 'staff' as const, id: desk.staffId, role: desk.role };
    expect(await confirmBooking(services, clinic.tenantId, of.id, actor)).toMatchObject({ ok: true });
    const to = { startMinute: Date.parse('2026-03-04T10:00:00+05:30') / 60_000 };
    expect(await moveBooking(services, clinic.tenantId, of.id, actor, to)).toMatchObject({ ok: true });
    await sweepPreviewPictures(services);
    expect(await readPreviewPicture(services, desk, of)).toMatchObject({ ok: true });
    await cancelBooking(services, clinic.tenantId, of.id, actor, { by: 'clinic' });
    // Nobody sees it any more, even before the sweep has shredded it.
    expect(await readPreviewPicture(services, desk, of)).toMatchObject({ reason: 'not-found' });
    await sweepPreviewPictures(services);
    expect(await filesOf(clinic)).toEqual([]);
  });

  it('waits with a request to be called back, which the desk may empty', async () => {
    const clinic = await makeTestClinic(db);
    const reply = await asked(clinic);
    if (reply.kind !== 'call-back') throw new Error('held');
    const of = { kind: 'call-back' as const, id: reply.request };
    expect(await attach(clinic, of)).toMatchObject({ ok: true });
    const desk = staff(clinic, 'desk');
    expect(await withPreviewPicture(services, desk, 'call-back', [of.id])).toEqual(new Set([of.id]));
    expect(await readPreviewPicture(services, desk, of)).toMatchObject({ ok: true });
    expect(await removePreviewPicture(services, desk, of)).toEqual({ ok: true });
    expect(await filesOf(clinic)).toEqual([]);
  });

  it('is refused when it is no picture, too large, or the booking is not open', async () => {
    const { clinic, of } = await heldWithPicture();
    const other = { ...of, id: randomUUID() };
    expect(await attach(clinic, of, Buffer.from('<svg onload="alert(1)"/>'))).toMatchObject({
      reason: 'picture-unreadable',
    });
    expect(await attach(clinic, of, Buffer.alloc(pictureMostBytes + 1))).toMatchObject({
      reason: 'picture-too-large',
    });
    expect(await attach(clinic, other)).toMatchObject({ reason: 'not-found' });
    expect(await attach(clinic, { ...of, id: 'nobody' })).toMatchObject({ reason: 'not-found' });
    expect(await filesOf(clinic)).toHaveLength(1);
  });

  it('of a cancelled visit is shredded by its link too, without waiting for the sweep', async () => {
    const { clinic, of, token } = await heldWithPicture();
    const actor = { kind: 'link' as const, id: null };
    await cancelBooking(services, clinic.tenantId, of.id, actor, { by: 'person' });
    expect(await takeBackPreviewPicture(services, clinic.tenantId, token)).toEqual({ ok: true });
    expect(await filesOf(clinic)).toEqual([]);
  });

  it('goes with a hold that nobody confirmed, and a month after the visit', async () => {
    const unconfirmed = await heldWithPicture();
    const visited = await heldWithPicture();
    const actor = { kind: 'system' as const, id: null };
    await confirmBooking(services, visited.clinic.tenantId, visited.of.id, actor);
    const left = async ({ clinic }: typeof visited) => {
      await sweepPreviewPictures(services);
      return (await filesOf(clinic)).length;
    };
    services.clock.advance(31 * 60_000);
    await sweep(services, unconfirmed.clinic.tenantId);
    expect(await left(unconfirmed)).toBe(0);
    // The visit is on the day after the clock's.
    services.clock.advance(30 * 86_400_000);
    expect(await left(visited)).toBe(1);
    services.clock.advance(2 * 86_400_000);
    expect(await left(visited)).toBe(0);
  });
});
