import { describe, expect, it } from 'vitest';
import { parseReadings } from './reading-file.ts';

describe('a file of readings', () => {
  it('takes the median of each place, under D65 and 10° unless it says otherwise', () => {
    const csv = 'place,L,a,b\npatch,74,9,14\npatch,70,8,15\npatch,73,12,13\n5cm,60,11,19\nedge,63,10,18\n';
    expect(parseReadings(csv)).toEqual({
      ok: true,
      readings: {
        patch: {
          kind: 'lab',
          lab: { white: 'D65/10', L: 73, a: 9, b: 14 },
          instrument: 'contact-colorimeter',
        },
        surround: {
          kind: 'lab',
          lab: { white: 'D65/10', L: 60, a: 11, b: 19 },
          instrument: 'contact-colorimeter',
        },
      },
    });
  });

  it('reads white and instrument from comments, and from JSON', () => {
    const csv = parseReadings(
      '# white D50/2\n# instrument 45/0\nplace,L,a,b\npatch,74,9,14\nsurround,60,11,19\n',
    );
    const json = parseReadings(
      '{"white":"D50/2","instrument":"45/0","patch":[74,9,14],"surround":[[59,11,19],{"L":61,"a":11,"b":19}]}',
    );
    expect(csv).toMatchObject({
      ok: true,
      readings: { patch: { lab: { white: 'D50/2' }, instrument: '45/0' } },
    });
    expect(json).toEqual(csv);
  });

  it('reads spectra', () => {
    const rows = Array.from({ length: 31 }, (_, i) => `${400 + 10 * i},${0.3 + i / 100},${0.2 + i / 100}`);
    const read = parseReadings(`wavelength_nm,patch,surround\n${rows.join('\n')}\n`);
    expect(read).toMatchObject({
      ok: true,
      readings: { patch: { kind: 'spectrum' }, surround: { kind: 'spectrum' } },
    });
  });

  it.each([
    ['', 'empty'],
    ['{', 'JSON'],
    ['a,b\n1,2', 'place,L,a,b'],
    ['place,L,a,b\npatch,74,9\nsurround,60,11,19', 'row 2'],
    ['place,L,a,b\npatch,174,9,14\nsurround,60,11,19', 'cannot be skin'],
    ['place,L,a,b\nelbow,74,9,14\nsurround,60,11,19', 'elbow'],
    ['place,L,a,b\npatch,74,9,14', 'skin around'],
    ['# white D66/10\nplace,L,a,b\npatch,74,9,14\nsurround,60,11,19', 'white'],
    ['{"patch":"light","surround":[1,2,3]}', 'patch'],
  ])('refuses %j and says why', (text, words) => {
    const read = parseReadings(text);
    expect(read).toMatchObject({
      ok: false,
      reason: 'bad-readings',
      message: expect.stringContaining(words),
    });
  });
});
