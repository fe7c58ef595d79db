import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../platform/csv.ts';
import { guessFields, shownDateOrder } from './columns.ts';
import { cellsOf, patientOf } from './rows.ts';
import type { Mapping } from './schema.ts';
import { encodingOf, formatOf, rowsOf } from './table.ts';
import { dayOf, minuteOf } from './values.ts';

async function read(bytes: Uint8Array, parts = 1): Promise<string[][]> {
  const format = await formatOf(bytes);
  if (format === undefined) return [];
  const size = Math.max(1, Math.ceil(bytes.length / parts));
  const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const rows: string[][] = [];
  for await (const { cells } of rowsOf(cut, format)) rows.push([...cells]);
  return rows;
}

// Spreadsheets trim nothing; the mark against formulas and lines that are empty are the two things a table does not keep.
const cell = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => text.isWellFormed() && !/[\0\uFEFF]/.test(text) && !/^['=+\-@\t\r]/.test(text));

describe('a table of text', () => {
  it('comes back as it was written, in whatever pieces it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, parts) => {
          const kept = rows.filter((row) => row.some((one) => one.trim() !== ''));
          const text = csvText(['alpha', 'beta'], rows);
          expect(await read(Buffer.from(text), parts)).toEqual([['alpha', 'beta'], ...kept]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the same in every encoding', async () => {
    const text = 'নাম;फ़ोन\r\nনমুনা রোগী;98000\r\n';
    const plain = await read(Buffer.from(text));
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(await read(little, 7)).toEqual(plain);
    expect(await read(Buffer.from(little).swap16(), 5)).toEqual(plain);
    expect(await read(Buffer.from(`\uFEFF${text}`))).toEqual(plain);
    expect(encodingOf(Buffer.from('name\nJosé', 'latin1'))).toBe('windows-1252');
  });

  it('of any bytes ends in rows or in a refusal, never in a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 5 }),
        async (bytes, parts) => {
          const outcome = await read(bytes, parts).catch((error: { code?: string }) => error.code);
          expect(Array.isArray(outcome) || outcome === 'not-a-table').toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leaves zeros out, in names and in cells, for the database takes none', async () => {
    const bytes = Buffer.from('na\0me,phone\nAs\0ha,\0 98\n');
    const format = await formatOf(bytes);
    if (format === undefined) throw new Error('no table');
    expect(format.columns).toEqual(['name', 'phone']);
    const rows: (readonly string[])[] = [];
    for await (const { cells } of rowsOf([bytes.subarray(0, 9), bytes.subarray(9)], format)) rows.push(cells);
    expect(rows.at(-1)).toEqual(['Asha', ' 98']);
  });

  it('with a quotation mark never closed is refused, not swallowed', async () => {
    const bytes = Buffer.from(`name,phone\n"Open,1\n${'x,2\n'.repeat(60_000)}`);
    await expect(
      (async () => {
        for await (const row of rowsOf([bytes], { encoding: 'utf-8', separator: ',' }))
          expect(row.cells.length).toBeLessThan(3);
      })(),
    ).rejects.toMatchObject({ code: 'not-a-table' });
  });
});

describe('a row of anything', () => {
  const mapping: Mapping = {
    fields: ['name', 'birthDate', 'age', 'sex', 'phone', 'phone2', 'email', 'language', 'weightKg', 'note'],
    dateOrder: 'dmy',
    duplicates: 'skip',
    serviceId: null,
    practitionerId: null,
    branchId: null,
  };
  it('becomes a patient the record can hold, or says what is wrong', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '=cmd|x',
        "'; drop table patients; --",
        '<script>',
        '../../etc/passwd',
        '\ud800',
        '1e309',
        '-0',
        '٣/٤/١٩٨٠',
        '०२/०३/१९८०',
        '31/02/1990',
        '98000 00014',
        'a@b.co',
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 10 }), (cells) => {
        const around = { country: 'IN', language: 'en' as const, today: '2026-03-02', nowMinute: 0 };
        const one = patientOf('id', cellsOf(cells, mapping), mapping, around);
        if (!one.ok) return one.faults.length > 0;
        const { value } = one;
        expect(value.name.trim()).not.toBe('');
        expect(JSON.stringify(value)).not.toContain('\\u0000');
        expect(value.birthDate === null || /^\d{4}-\d{2}-\d{2}$/.test(value.birthDate)).toBe(true);
        for (const phone of value.phones) expect(phone).toMatch(/^\+\d{7,15}$/);
        return true;
      }),
      { numRuns: 500 },
    );
  });
});

describe('days and times', () => {
  it('are read as people of the region write them', () => {
    expect(dayOf('2/3/1980', 'dmy')).toEqual({ value: '1980-03-02' });
    expect(dayOf('2/3/1980', 'mdy')).toEqual({ value: '1980-02-03' });
    expect(dayOf('1980-03-02T10:00', 'mdy')).toEqual({ value: '1980-03-02' });
    expect(dayOf('2 Mar 1980', 'mdy')).toEqual({ value: '1980-03-02' });
    expect(dayOf('०२.०३.१९८०', 'dmy')).toEqual({ value: '1980-03-02' });
    expect(dayOf('02/03/80', 'dmy')).toEqual({ fault: 'short-year' });
    expect(dayOf('31/02/1980', 'dmy')).toEqual({ fault: 'bad-date' });
    expect(minuteOf('2.30 pm')).toEqual({ value: 870 });
    expect(minuteOf('12 am')).toEqual({ value: 0 });
    expect(minuteOf('14:30:00')).toEqual({ value: 870 });
    expect(minuteOf('24:00')).toEqual({ fault: 'bad-time' });
    expect(minuteOf('9')).toEqual({ fault: 'bad-time' });
  });

  it('give every real day back', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1900-01-01T00:00:00Z'),
          max: new Date('2090-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [y, m, d] = iso.split('-');
          expect(dayOf(`${d}/${m}/${y}`, 'dmy')).toEqual({ value: iso });
          expect(dayOf(`${m}-${d}-${y}`, 'mdy')).toEqual({ value: iso });
          expect(dayOf(iso, 'mdy')).toEqual({ value: iso });
        },
      ),
    );
  });

  it('tell by themselves which comes first', () => {
    expect(shownDateOrder(['02/03/1980', '25/03/1980'])).toBe('dmy');
    expect(shownDateOrder(['02/03/1980', '০৩/২৫/১৯৮০'])).toBe('mdy');
    expect(shownDateOrder(['', '1980/03/02'])).toBe('ymd');
    expect(shownDateOrder(['02/03/1980', 'soon', ''])).toBeUndefined();
  });
});

describe('names of columns', () => {
  it('are known in four languages and as other programs write them', () => {
    expect(
      guessFields('patients', ['Patient ID', 'FirstName', 'LASTNAME', 'D.O.B.', 'Mobile No.', 'E-Mail']),
    ).toEqual([null, 'givenName', 'familyName', 'birthDate', 'phone', 'email']);
    expect(guessFields('patients', ['রোগীর নাম', 'জন্ম তারিখ', 'ফোন নম্বর'])).toEqual([
      'name',
      'birthDate',
      'phone',
    ]);
    expect(guessFields('patients', ['नाम', 'जन्म मिति', 'लिङ्ग', 'उमेर'])).toEqual([
      'name',
      'birthDate',
      'sex',
      'age',
    ]);
    expect(guessFields('appointments', ['तारीख', 'समय', 'नाम', 'डॉक्टर'])).toEqual([
      'date',
      'time',
      'name',
      'practitioner',
    ]);
  });

  it('are never given twice, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('name', 'phone', 'date', 'mobile', 'tel', 'Name ')), {
          maxLength: 12,
        }),
        (columns) => {
          const given = guessFields('patients', columns).filter((field) => field !== null);
          expect(new Set(given).size).toBe(given.length);
        },
      ),
    );
  });
});
