import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReadings } from './reading-file.ts';

describe('a file of readings', () => {
  it('takes the median of each place, under D65 and 10° unless it says otherwise', () => {
    const csv = 'place,L,a,b\npatch,74,9,14\npatch,70,8,15\npatch,73,10,13\n5cm,60,11,19\nedge,63,10,18\n';
    expect(parseReadings(csv)).toEqual({
      ok: true,
      readings: {
        patch: {
          kind: 'lab',
          lab: { white: 'D65/10', L: 73, a: 9, b: 14 },
          instrument: 'contact-colorimeter',
          sdLab: 1.164,
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
    expect(json).toMatchObject(csv);
  });

  it('reads the same numbers whatever separates the cells and the decimals, or refuses', () => {
    const tenths = (most: number) => fc.integer({ min: 1, max: most * 10 }).map((n) => n / 10);
    const lab = fc.tuple(tenths(100), tenths(60), tenths(60));
    fc.assert(
      fc.property(lab, lab, (patch, surround) => {
        const table = (separator: string, decimal: string) =>
          [
            ['place', 'L', 'a', 'b'],
            ...Object.entries({ patch, surround }).map(([place, values]) => [
              place,
              ...values.map((value) => value.toFixed(1).replace('.', decimal)),
            ]),
          ]
            .map((cells) => cells.join(separator))
            .join('\n');
        const plain = parseReadings(table(',', '.'));
        expect(plain).toMatchObject({
          ok: true,
          readings: { patch: { lab: { L: patch[0], a: patch[1], b: patch[2] } } },
        });
        for (const [separator, decimal] of [
          [';', ','],
          [';', '.'],
          ['\t', ','],
          ['\t', '.'],
        ])
          expect(parseReadings(table(separator, decimal))).toEqual(plain);
        expect(parseReadings(table(',', ','))).toMatchObject({ ok: false, field: 'row 2' });
      }),
    );
  });

  it('is the less sure the more the readings of a place scatter, and the instrument at its best', () => {
    const sdOf = (spread: number) => {
      const rows = [-spread, 0, spread].map((d) => `patch,${70 + d},9,14`);
      const read = parseReadings(['place,L,a,b', ...rows, 'surround,60,11,19'].join('\n'));
      if (!read.ok || read.readings.patch.kind !== 'lab') throw new Error('these readings agree');
      expect(read.readings.surround).not.toHaveProperty('sdLab');
      return read.readings.patch.sdLab ?? 0;
    };
    const sds = [0, 0.5, 1, 2].map(sdOf);
    expect(sds[0]).toBe(0.5);
    expect(sds.toSorted((a, b) => a - b)).toEqual(sds);
    expect(new Set(sds).size).toBe(4);
  });

  it('reads the same table with every end of line, quoted or not, in the digits of every language', () => {
    const plain = 'place,L,a,b\npatch,74.5,9,14\nsurround,60,11,-2.5\n';
    const quoted = (text: string) => text.replaceAll(/[^,\n]+/g, '"$&"');
    const inDigits = (zero: string) => (text: string) =>
      text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
    const whole = parseReadings(plain);
    expect(whole).toMatchObject({ ok: true });
    for (const end of ['\n', '\r\n', '\r'])
      for (const written of [(text: string) => text, quoted, inDigits('০'), inDigits('०')])
        expect(parseReadings(written(plain).replaceAll('\n', end))).toEqual(whole);
    expect(parseReadings('place,L,a,b\npatch,"74,5",9,14\nsurround,60,11,"-2,5"')).toEqual(whole);
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
    ['place,L,a,b\nconstructor,74,9,14\npatch,74,9,14\nsurround,60,11,19', 'constructor'],
    ['place;L;a;b\npatch;74;9;14\n__proto__;60;11;19', '__proto__'],
    ['place,L,a,b\npatch,78,5,4,12\nsurround,62,11,2,18', 'row 2'],
    ['place,L,a,b\npatch,74,9,14', 'skin around'],
    ['place,L,a,b\npatch,72,9,14\npatch,71,9,14\npatch,10,9,14\nsurround,60,11,19', 'row 2 and row 4'],
    ['place,L,a,b\npatch,72,9,14\nsurround,60,11,19\n5cm,10,11,19', 'of surround lie'],
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
