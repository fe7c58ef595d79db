import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarVisit, feed, invitation } from './calendar.ts';

const visit: CalendarVisit = {
  uid: '5a3f0001@clinic.example',
  sequence: 0,
  startMinute: Date.parse('2026-03-03T10:00:00+05:30') / 60_000,
  endMinute: Date.parse('2026-03-03T10:30:00+05:30') / 60_000,
  summary: 'Consultation, Test clinic',
  status: 'CONFIRMED',
  stamp: new Date('2026-03-02T04:30:00Z'),
  organizer: { name: 'Test clinic', email: 'desk@clinic.example' },
  attendee: { name: 'Sample patient 014', email: 'patient014@example.org' },
};

function read(text: string) {
  const root = new ICAL.Component(ICAL.parse(text) as unknown as string);
  const events = root.getAllSubcomponents('vevent').map((v) => new ICAL.Event(v));
  return { root, events, first: events[0] as ICAL.Event };
}

/** What a calendar program does with messages (RFC 5546): file by UID, obey a higher sequence, remove on CANCEL. */
function applyAll(messages: readonly string[]): Map<string, { sequence: number; start: string }> {
  const shelf = new Map<string, { sequence: number; start: string }>();
  for (const message of messages) {
    const { root, first } = read(message);
    const known = shelf.get(first.uid);
    if (known !== undefined && first.sequence < known.sequence) continue;
    if (root.getFirstPropertyValue('method') === 'CANCEL') shelf.delete(first.uid);
    else shelf.set(first.uid, { sequence: first.sequence, start: first.startDate.toJSDate().toISOString() });
  }
  return shelf;
}

describe('an invitation', () => {
  it('is read by a calendar library as the visit it is', () => {
    const { root, first } = read(invitation('REQUEST', visit));
    expect(root.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(root.getFirstPropertyValue('version')).toBe('2.0');
    expect(first.uid).toBe(visit.uid);
    expect(first.sequence).toBe(0);
    expect(first.startDate.toJSDate().toISOString()).toBe('2026-03-03T04:30:00.000Z');
    expect(first.duration.toSeconds()).toBe(1800);
    expect(first.organizer).toBe('mailto:desk@clinic.example');
    expect(first.attendees[0]?.getFirstValue()).toBe('mailto:patient014@example.org');
  });

  it('is replaced by an update, and removed by a cancellation, whatever arrives late', () => {
    const moved = {
      ...visit,
      sequence: 1,
      startMinute: visit.startMinute + 60,
      endMinute: visit.endMinute + 60,
    };
    const request = invitation('REQUEST', visit);
    const update = invitation('REQUEST', moved);
    const cancel = invitation('CANCEL', { ...moved, sequence: 2, status: 'CANCELLED' });
    expect(applyAll([request, update]).get(visit.uid)?.start).toBe('2026-03-03T05:30:00.000Z');
    expect(applyAll([update, request]).get(visit.uid)?.start).toBe('2026-03-03T05:30:00.000Z');
    expect(applyAll([request, update, cancel]).size).toBe(0);
    expect(read(cancel).first.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('carries any words in any script through unharmed, in lines of at most 75 octets', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('ডাক্তারের পরামর্শ; কক্ষ ২, শিলিগুড়ি', 'विटिलिगो\\ , ; :', 'a\nb\r\nc', 'x"y'),
    );
    fc.assert(
      fc.property(words, words, (summary, name) => {
        const text = invitation('REQUEST', { ...visit, summary, attendee: { name, email: 'a@example.org' } });
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const { first } = read(text);
        const plain = (s: string) => s.replaceAll(/\r\n|\r/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, '');
        expect(first.summary).toBe(plain(summary));
        expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a feed', () => {
  it('holds every visit once, and asks to be read again', () => {
    const visits = Array.from({ length: 40 }, (_, i) => ({
      ...visit,
      uid: `v${i}@clinic.example`,
      startMinute: visit.startMinute + 60 * i,
      endMinute: visit.endMinute + 60 * i,
    }));
    const { root, events } = read(feed('Doctor 1', visits));
    expect(events.map((e) => e.uid)).toEqual(visits.map((v) => v.uid));
    expect(root.getFirstPropertyValue('x-wr-calname')).toBe('Doctor 1');
    expect(read(feed('Nobody', [])).events).toEqual([]);
  });
});
