import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchors, addMonths, financialYearEnd, freeFrom, scheduleWith } from './rules.ts';
import { shippedSchedule } from './schedule.ts';
import type { RecordKind, RetentionRule } from './schema.ts';

const day = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2080-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const rule = (kind: RecordKind, more: Partial<RetentionRule> = {}): RetentionRule => ({
  ...(shippedSchedule.find((one) => one.kind === kind) as RetentionRule),
  ...more,
});
const nothing: Anchors = {
  lastVisit: null,
  lastTreatment: null,
  lastMoney: null,
  birthDate: null,
  yearStartMonth: 4,
};

describe('months', () => {
  it('land on the same day of a later month, or on its last day', () => {
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2025-12-31', 2)).toBe('2026-02-28');
    expect(addMonths('2026-03-02', 36)).toBe('2029-03-02');
  });

  it('are monotone: a later day is never free earlier, and a longer period never ends sooner', () => {
    fc.assert(
      fc.property(day, day, fc.nat(300), fc.nat(300), (a, b, m, n) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        expect(addMonths(early, m) <= addMonths(late, m)).toBe(true);
        expect(addMonths(a, Math.min(m, n)) <= addMonths(a, Math.max(m, n))).toBe(true);
      }),
    );
  });
});

describe('the financial year', () => {
  it('of India ends on 31 March', () => {
    expect(financialYearEnd('2026-03-31', 4)).toBe('2026-03-31');
    expect(financialYearEnd('2026-04-01', 4)).toBe('2027-03-31');
    expect(financialYearEnd('2026-07-09', 1)).toBe('2026-12-31');
  });

  it('contains its day and is no longer than a year', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 12 }), (one, start) => {
        const end = financialYearEnd(one, start);
        expect(end >= one).toBe(true);
        expect(addMonths(one, 12) >= end).toBe(true);
      }),
    );
  });
});

describe('a record', () => {
  it('of which there is nothing may go at once', () => {
    for (const one of shippedSchedule) expect(freeFrom(one, nothing, 'law')).toBeNull();
  });

  it('of treatment waits three years after the last treatment, and of a minor until three years after coming of age', () => {
    const treated = { ...nothing, lastTreatment: '2026-03-02' };
    expect(freeFrom(rule('treatment'), treated, 'law')).toBe('2029-03-02');
    expect(freeFrom(rule('treatment'), { ...treated, birthDate: '1980-01-01' }, 'law')).toBe('2029-03-02');
    expect(freeFrom(rule('treatment'), { ...treated, birthDate: '2012-05-20' }, 'law')).toBe('2033-05-20');
  });

  it('of tax counts from the end of the financial year', () => {
    expect(freeFrom(rule('tax'), { ...nothing, lastMoney: '2026-03-02' }, 'law')).toBe('2032-12-31');
    expect(freeFrom(rule('tax'), { ...nothing, lastMoney: '2026-04-02' }, 'law')).toBe('2033-12-31');
  });

  it('is never listed as passed before the law lets it go', () => {
    fc.assert(
      fc.property(day, fc.option(day), fc.nat(200), fc.nat(200), (last, birthDate, law, more) => {
        const one = rule('treatment', { lawMonths: law, keepMonths: law + more });
        const anchors = { ...nothing, lastTreatment: last, birthDate };
        const free = freeFrom(one, anchors, 'law');
        expect((free ?? last) <= (freeFrom(one, anchors, 'keep') ?? '')).toBe(true);
      }),
    );
  });
});

describe('the schedule', () => {
  it('says of every period where it comes from, and claims no review', () => {
    for (const one of shippedSchedule) {
      expect(one.source.length).toBeGreaterThan(20);
      expect(one.review).toBe('unreviewed');
      expect(one.keepMonths).toBeGreaterThanOrEqual(one.lawMonths);
      expect(one.erasesByItself).toBe(false);
    }
  });

  it('takes what the clinic wrote and keeps the rest', () => {
    const own = rule('contact', { keepMonths: 60, review: 'reviewed' });
    const schedule = scheduleWith([own]);
    expect(schedule.find(({ kind }) => kind === 'contact')).toEqual(own);
    expect(schedule.filter(({ kind }) => kind !== 'contact')).toEqual(
      shippedSchedule.filter(({ kind }) => kind !== 'contact'),
    );
  });
});
