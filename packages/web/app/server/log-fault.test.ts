import { UNSAFE_ErrorResponseImpl as ErrorResponse } from 'react-router';
import { describe, expect, it } from 'vitest';
import { logFault, loggedPath } from './log-fault.ts';

function written(error: unknown) {
  const lines: unknown[] = [];
  const note = (level: string) => (what: object, message: string) => lines.push({ level, message, ...what });
  logFault({ info: note('info'), error: note('error') }, error, {
    requestId: 'r',
    method: 'POST',
    pathname: '/robots.txt',
  });
  return lines;
}

describe('what a page threw', () => {
  it.each([400, 404, 405])('is no fault of ours with status %s, and says what was asked', (status) => {
    const error = new ErrorResponse(status, 'No', new Error('made by the framework'), true);
    expect(written(error)).toEqual([
      { level: 'info', message: 'page refused', requestId: 'r', method: 'POST', path: '/robots.txt', status },
    ]);
  });

  it('is a fault with its cause otherwise', () => {
    const cause = new Error('broken');
    for (const error of [cause, new ErrorResponse(500, 'Oh', cause, true)])
      expect(written(error)).toMatchObject([{ level: 'error', message: 'page failed', err: cause }]);
  });
});

describe('an address in the log', () => {
  it('keeps ids and leaves the secrets of links out', () => {
    const id = '0b5e55ed-0000-4000-8000-00000000dead';
    const token = 'A_'.repeat(32);
    expect(loggedPath(`/desk/patients/${id}/photos`)).toBe(`/desk/patients/${id}/photos`);
    expect(loggedPath(`/en/booking/${token}/calendar.ics`)).toBe('/en/booking/:token/calendar.ics');
    expect(loggedPath(`/invite/${token}.data`)).toBe('/invite/:token');
    expect(loggedPath('/')).toBe('/');
  });
});
