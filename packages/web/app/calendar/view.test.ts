import { dayNumber } from '@undertone/clinic/booking/rules.ts';
import { describe, expect, it } from 'vitest';
import { openOn } from './view.ts';

const monday = dayNumber('2026-11-30');
const branchId = 'branch';
const hours = (practitionerId: string | null, openMin: number, closeMin: number) => ({
  branchId,
  practitionerId,
  weekday: 1,
  openMin,
  closeMin,
});
const setup = (
  week: ReturnType<typeof hours>[],
  exceptions: { practitionerId: string | null; day: string; spans: number[] }[] = [],
) => ({
  services: [],
  practitioners: [],
  rooms: [],
  machines: [],
  hours: week,
  exceptions: exceptions.map((one) => ({ branchId, ...one })),
});

describe('the hours drawn as open', () => {
  it('are the branch’s for whoever has none of their own, and what both share for whoever has', () => {
    const week = setup([hours(null, 600, 780), hours(null, 840, 1080), hours('doctor', 660, 900)]);
    expect(openOn(week, branchId, null, monday)).toEqual([
      { fromMin: 600, toMin: 780 },
      { fromMin: 840, toMin: 1080 },
    ]);
    expect(openOn(week, branchId, 'other', monday)).toEqual(openOn(week, branchId, null, monday));
    expect(openOn(week, branchId, 'doctor', monday)).toEqual([
      { fromMin: 660, toMin: 780 },
      { fromMin: 840, toMin: 900 },
    ]);
    expect(openOn(week, branchId, 'doctor', monday + 1)).toEqual([]);
  });

  it('are replaced on a day by an exception, and none on a holiday', () => {
    const week = [hours(null, 600, 1080)];
    const short = setup(week, [{ practitionerId: null, day: '2026-11-30', spans: [600, 720] }]);
    expect(openOn(short, branchId, null, monday)).toEqual([{ fromMin: 600, toMin: 720 }]);
    expect(openOn(short, branchId, null, monday + 7)).toEqual([{ fromMin: 600, toMin: 1080 }]);
    const away = setup(week, [{ practitionerId: 'doctor', day: '2026-11-30', spans: [] }]);
    expect(openOn(away, branchId, 'doctor', monday)).toEqual([]);
    expect(openOn(away, branchId, 'other', monday)).toEqual([{ fromMin: 600, toMin: 1080 }]);
  });
});
