import { describe, expect, it } from 'vitest';
import { personName, phoneSchema } from './schema.ts';

describe('a name', () => {
  it.each([
    ['सुरेश अर्\u200dयाल', 'सुरेश अर्\u200dयाल'],
    ['র\u200d্যাচেল দাস', 'র\u200d্যাচেল দাস'],
    ['  Sample patient 014\ufeff ', 'Sample patient 014'],
    ['Sample\u200b patient', 'Sample patient'],
    ['\u200fליאת כהן\u200e', 'ליאת כהן'],
    ['মধুমিতা বন্দ্যোপাধ্যায়', 'মধুমিতা বন্দ্যোপাধ্যায়'],
  ])('%j is one', (typed, name) => expect(personName.parse(typed)).toBe(name));

  it.each([
    '',
    ' ',
    '\u200e',
    '\u200b',
    '\u200d',
    'a\u{e0041}b',
    'a\u2063b',
    'a\u202eb',
    'a\u2066b',
    'a\u0000b',
    'a\nb',
    '<b>',
    'a'.repeat(121),
  ])('%j is none', (typed) => expect(personName.safeParse(typed).success).toBe(false));
});

describe('a telephone number', () => {
  it.each([
    ['৯৮০০০১২৩৪৫', '9800012345'],
    ['९८०००१२३४५', '9800012345'],
    ['+91 98000 12345', '+919800012345'],
    ['+91 (0)98000/12345', '+919800012345'],
    ['(0353) 251-2345', '03532512345'],
  ])('%s is %s', (typed, plain) => expect(phoneSchema.parse(typed)).toBe(plain));

  it.each(['+000000000', '12345', '98000x12345', '1'.repeat(16)])('%s is none', (typed) => {
    expect(phoneSchema.safeParse(typed).success).toBe(false);
  });
});
