import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** One shelf of khal, a calendar program of its own make, kept in a directory that goes again. */
function khalShelf() {
  const home = mkdtempSync(join(tmpdir(), 'undertone-khal-'));
  const config = join(home, 'config');
  mkdirSync(join(home, 'visits'));
  writeFileSync(
    config,
    `[calendars]
[[visits]]
path = ${join(home, 'visits')}
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = Asia/Kolkata
local_timezone = Asia/Kolkata
[default]
default_calendar = visits
[sqlite]
path = ${join(home, 'khal.db')}
`,
  );
  const khal = (...words: string[]) =>
    execFileSync('khal', ['-c', config, ...words], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
  return {
    take: (text: string) => {
      writeFileSync(join(home, 'sent.ics'), text);
      khal('import', '--batch', '-a', 'visits', join(home, 'sent.ics'));
    },
    seen: () =>
      khal('list', '--day-format', '', '--format', '{start} {end} {title}', '2026-03-03', '2026-03-05')
        .split('\n')
        .filter((line) => line !== ''),
    clear: () => rmSync(home, { recursive: true, force: true }),
  };
}

describe('khal, a calendar program, where it is installed,', () => {
  const isInstalled = spawnSync('khal', ['--version']).status === 0;

  it('shows an invitation on the clinic’s clock, its update in its place, and every visit of a feed', ({
    skip,
    onTestFinished,
  }) => {
    if (!isInstalled) {
      process.stderr.write('SKIPPED: visits are not shown to khal, which is not installed here.\n');
      skip('khal is not installed here');
    }
    const shelf = khalShelf();
    onTestFinished(shelf.clear);
    const shown = { ...visit, summary: 'ডাক্তারের পরামর্শ; কক্ষ ২, শিলিগুড়ি' };
    shelf.take(invitation('REQUEST', shown));
    expect(shelf.seen()).toEqual([`2026-03-03 10:00 2026-03-03 10:30 ${shown.summary}`]);
    const later = { startMinute: visit.startMinute + 60, endMinute: visit.endMinute + 60 };
    shelf.take(invitation('REQUEST', { ...shown, ...later, sequence: 1 }));
    expect(shelf.seen()).toEqual([`2026-03-03 11:00 2026-03-03 11:30 ${shown.summary}`]);
    const day = 1440;
    shelf.take(
      feed('Doctor 1', [
        { ...visit, uid: 'a@clinic.example', summary: 'One' },
        {
          ...visit,
          uid: 'b@clinic.example',
          summary: 'Two',
          startMinute: visit.startMinute + day,
          endMinute: visit.endMinute + day,
        },
      ]),
    );
    expect(shelf.seen().toSorted()).toEqual([
      '2026-03-03 10:00 2026-03-03 10:30 One',
      `2026-03-03 11:00 2026-03-03 11:30 ${shown.summary}`,
      '2026-03-04 10:00 2026-03-04 10:30 Two',
    ]);
  });
});
