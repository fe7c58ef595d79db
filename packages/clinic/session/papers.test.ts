import { beforeAll, describe, expect, it } from 'vitest';
import { readPdf } from '../documents/testing/read-pdf.ts';
import { testServices } from '../platform/testing/database.ts';
import { testMember } from '../staff/testing.ts';
import { keepSession, pushEntries, sessionAftercare, sessionNote, signSession } from './commands.ts';
import { begunSession, lidocaine1, testTablet } from './testing.ts';

const services = await testServices();

async function signedSession() {
  const begun = await begunSession(services, { ageMonths: 400 });
  const tablet = testTablet(begun.actor.staffId, services.clock.now().getTime());
  const note = tablet.write('note', { text: 'Taken back by the test' });
  const entries = [
    tablet.write('set', { field: 'weightKg', value: 60, replaces: [] }),
    tablet.write('set', { field: 'heightCm', value: 165, replaces: [] }),
    tablet.write('numbing', lidocaine1(10)),
    tablet.write('pigment', { lotId: begun.lots.pigment, name: 'Scalp black', zone: 'upper-lip', drops: 12 }),
    tablet.write('needle', { lotId: begun.lots.needle, name: '3 round', zone: 'upper-lip', count: 1 }),
    tablet.write('pass', { zone: 'upper-lip', passes: 2, depthMm: 0.5 }),
    tablet.write('set', { field: 'bleeding', value: 'pinpoint', replaces: [] }),
    tablet.write('set', { field: 'endpoint', value: 'even-colour', replaces: [] }),
    tablet.write('set', { field: 'stopReason', value: 'as-planned', replaces: [] }),
    tablet.write('deviation', { text: 'Lighter at the border, skin thin' }),
    note,
    tablet.write('void', { of: note.id, reason: 'Wrong person' }),
  ];
  const sentAt = services.clock.now().toISOString();
  const answer = await pushEntries(services, begun.actor, begun.sessionId, { sentAt, knownSeq: 0, entries });
  if (!answer.ok || answer.refused.length > 0) throw new Error(JSON.stringify(answer));
  const { journalSeq } = answer.session;
  await keepSession(services, begun.actor, begun.sessionId, journalSeq);
  const signed = await signSession(services, begun.actor, begun.sessionId, journalSeq);
  if (!signed.ok) throw new Error(signed.message);
  return { ...begun, sha256: signed.sha256 };
}

describe('papers of a session', () => {
  let session: Awaited<ReturnType<typeof signedSession>>;
  beforeAll(async () => {
    session = await signedSession();
  });

  it('the note says what was done, in four languages, with the hash of what was signed', async () => {
    const { actor, sessionId, sha256 } = session;
    for (const [language, zone] of [
      ['en', 'Upper lip'],
      ['hi', 'ऊपरी होंठ'],
      ['bn', 'উপরের ঠোঁট'],
      ['ne', 'माथिल्लो ओठ'],
    ] as const) {
      const note = await sessionNote(services, actor, sessionId, language);
      if (!note.ok) throw new Error(note.message);
      const text = readPdf(note.pdf).pages.join(' ').replaceAll(/\s+/g, '');
      for (const said of [zone, '100', '37%', 'Lighter at the border', 'Wrong person', sha256])
        expect(text).toContain(said.replaceAll(/\s+/g, ''));
    }
  });

  it('the aftercare sheet is in the patient’s language, with dates', async () => {
    const { actor, sessionId } = session;
    const sheet = await sessionAftercare(services, actor, sessionId);
    if (!sheet.ok) throw new Error(sheet.message);
    expect(sheet.name).toBe('aftercare-lip-bn.pdf');
    expect(readPdf(sheet.pdf).language).toBe('bn');
    expect(readPdf(sheet.pdf).pages.join(' ')).toContain('2026');
  });

  it('are for those who treat', async () => {
    const { tenantId, sessionId } = session;
    const desk = await testMember(services, 'desk', tenantId);
    expect(await sessionNote(services, desk, sessionId)).toMatchObject({ reason: 'not-allowed' });
    expect(await sessionAftercare(services, desk, sessionId)).toMatchObject({ reason: 'not-allowed' });
  });
});
