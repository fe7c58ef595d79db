import { describe, expect, it } from 'vitest';
import { patientFormOf } from './form.ts';

describe('the fields of a patient', () => {
  it('that a form does not have are left alone, empty ones empty the record', () => {
    expect(patientFormOf({ name: ' Sample patient 001 ' })).toEqual({ name: 'Sample patient 001' });
    expect(patientFormOf({ email: '', phones: '', birthDate: '', guardianName: '', weightKg: '' })).toEqual({
      email: null,
      phones: [],
      birthDate: null,
      guardian: null,
      weightKg: null,
    });
  });

  it('take a birth date before an age, and numbers one a line', () => {
    expect(patientFormOf({ birthDate: '1990-05-21', ageYears: '12' })).toEqual({ birthDate: '1990-05-21' });
    expect(patientFormOf({ birthDate: '', ageYears: '12' })).toEqual({ ageYears: 12 });
    expect(patientFormOf({ phones: '98000 00014\n 98000 00015,\n' })).toEqual({
      phones: ['98000 00014', '98000 00015'],
    });
    expect(patientFormOf({ weightKg: '54,5' })).toEqual({ weightKg: 54.5 });
  });
});
