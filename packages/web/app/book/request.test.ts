import { describe, expect, it } from 'vitest';
import { checkBookingForm, pictureToAttach, readBookingForm, sharedAnswers } from './request.ts';

const whole = {
  service: 'consultation',
  start: '2026-03-10T10:00:00+05:30',
  name: 'Sample patient 014',
  email: 'patient014@example.org',
  phone: '+91 98765 43210',
  consent: 'yes',
  altcha: 'solved',
  key: 'a-key-of-this-form',
};
const check = (change: Record<string, string>) =>
  checkBookingForm(readBookingForm({ ...whole, ...change }, 'bn'));

describe('the booking form', () => {
  it('becomes a request in the language of the page', () => {
    expect(check({})).toMatchObject({
      ok: true,
      callBack: false,
      request: { email: whole.email, phone: '+919876543210', language: 'bn', start: whole.start },
    });
  });

  it('says at each field what is wrong with it', () => {
    const answer = check({ name: ' ', email: 'nobody', phone: 'soon', consent: '', start: '' });
    expect(answer).toEqual({
      ok: false,
      faults: {
        name: 'name-missing',
        email: 'email-wrong',
        phone: 'phone-wrong',
        consent: 'consent-missing',
        start: 'time-missing',
      },
    });
    expect(check({ email: '', phone: '' })).toMatchObject({ faults: { email: 'reach-missing' } });
  });

  it('without solved work asks for a number to call, and keeps the address in the note', () => {
    expect(check({ altcha: '', phone: '' })).toMatchObject({ faults: { phone: 'phone-for-call' } });
    const answer = check({ altcha: '', note: 'In the afternoon' });
    expect(answer).toMatchObject({
      ok: true,
      callBack: true,
      request: { note: `In the afternoon\n${whole.email}` },
    });
    expect(answer).not.toHaveProperty('request.email');
  });

  it('sends the self-check only with its tick', () => {
    const answers = JSON.stringify({ treatment: 'lip', answers: { G11: { choice: 'yes' } } });
    expect(check({ answers })).not.toHaveProperty('request.selfCheck');
    expect(check({ answers, share: 'yes' })).toMatchObject({
      request: { selfCheck: { treatment: 'lip', consentToShare: true } },
    });
    expect(sharedAnswers('{"treatment":"tooth"}')).toBeUndefined();
  });

  it('sends a preview picture only with its own tick, and only when it says what it shows', () => {
    const shows = { treatment: 'lip', state: 'week6', range: 'dark' };
    const file = new File(['picture'], 'preview.jpg', { type: 'image/jpeg' });
    const attached = (change: Record<string, string>, sent: FormDataEntryValue | null = file) => {
      const texts = { ...whole, sendPicture: 'yes', pictureShows: JSON.stringify(shows), ...change };
      return pictureToAttach(readBookingForm(texts, 'en'), sent);
    };
    expect(attached({})).toEqual({ file, shows });
    expect(attached({ sendPicture: '' })).toBeUndefined();
    expect(attached({ sendPicture: 'on' })).toBeUndefined();
    expect(attached({ pictureShows: '{' })).toBeUndefined();
    expect(attached({ pictureShows: '{"treatment":"nose"}' })).toBeUndefined();
    expect(attached({}, new File([], ''))).toBeUndefined();
    expect(attached({}, 'not a file')).toBeUndefined();
    expect(attached({}, null)).toBeUndefined();
  });
});
