import { describe, expect, it } from 'vitest';
import { checkWaitlistForm, partsOfDay, readWaitlistForm } from './waitlist-form.ts';

const typed = {
  service: 'consultation',
  name: 'Sample patient 014',
  email: 'patient014@example.org',
  phone: '98765 43214',
  fromDay: '2026-03-02',
  toDay: '2026-03-20',
  part: 'morning',
  language: 'bn',
  consent: 'yes',
  altcha: '',
};

describe('the waiting list’s form', () => {
  it('becomes a wish with the part of the day in minutes and a telephone number in digits', () => {
    const checked = checkWaitlistForm(readWaitlistForm(typed, 'en'));
    expect(checked).toEqual({
      ok: true,
      wish: {
        service: 'consultation',
        fromDay: '2026-03-02',
        toDay: '2026-03-20',
        earliestMin: 0,
        latestMin: 720,
        name: 'Sample patient 014',
        email: 'patient014@example.org',
        phone: '9876543214',
        language: 'bn',
      },
    });
  });

  it('splits the day at noon without a gap or an overlap', () => {
    expect(partsOfDay.morning.latestMin).toBe(partsOfDay.afternoon.earliestMin);
    expect([partsOfDay.morning.earliestMin, partsOfDay.afternoon.latestMin]).toEqual([
      partsOfDay.any.earliestMin,
      partsOfDay.any.latestMin,
    ]);
  });

  it.each([
    [{ name: ' ' }, { name: 'name-missing' }],
    [{ name: '<b>' }, { name: 'name-missing' }],
    [{ email: '' }, { email: 'email-missing' }],
    [{ email: 'nobody' }, { email: 'email-wrong' }],
    [{ phone: 'call me' }, { phone: 'phone-wrong' }],
    [{ toDay: '2026-03-01' }, { toDay: 'days-wrong' }],
    [{ toDay: '' }, { toDay: 'days-wrong' }],
    [{ consent: '' }, { consent: 'consent-missing' }],
    [
      { consent: 'on', email: '' },
      { consent: 'consent-missing', email: 'email-missing' },
    ],
  ])('names what is wrong with %j', (change, faults) => {
    expect(checkWaitlistForm(readWaitlistForm({ ...typed, ...change }, 'en'))).toEqual({ ok: false, faults });
  });

  it('reads what it does not know as what is usual', () => {
    const form = readWaitlistForm({ part: 'midnight', language: 'xx' }, 'hi');
    expect([form.part, form.language, form.consent]).toEqual(['any', 'hi', false]);
  });
});
