/** What the columns of a table are, guessed from their names in four languages and the words other programs use. */
import { latinDigits } from '../tenant/schema.ts';
import { type DateOrder, type Field, fieldsOf, type ImportKind } from './schema.ts';

const names: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'patient',
    'patient name',
    'client',
    'client name',
    'customer',
    'नाम',
    'पूरा नाम',
    'मरीज़',
    'मरीज',
    'मरीज का नाम',
    'নাম',
    'পুরো নাম',
    'রোগী',
    'রোগীর নাম',
    'पूरा नाम थर',
    'बिरामी',
    'बिरामीको नाम',
  ],
  givenName: [
    'first name',
    'given name',
    'given names',
    'forename',
    'firstname',
    'vorname',
    'पहला नाम',
    'প্রথম নাম',
    'पहिलो नाम',
  ],
  familyName: [
    'last name',
    'family name',
    'surname',
    'lastname',
    'nachname',
    'उपनाम',
    'कुलनाम',
    'পদবি',
    'পদবী',
    'थर',
  ],
  birthDate: [
    'birth date',
    'date of birth',
    'dob',
    'birthday',
    'born',
    'जन्मतिथि',
    'जन्म तिथि',
    'জন্মতারিখ',
    'জন্ম তারিখ',
    'जन्ममिति',
    'जन्म मिति',
  ],
  age: ['age', 'age years', 'उम्र', 'आयु', 'বয়স', 'বয়স', 'उमेर'],
  sex: ['sex', 'gender', 'लिंग', 'লিঙ্গ', 'लिङ्ग'],
  phone: [
    'phone',
    'telephone',
    'mobile',
    'mobile number',
    'phone number',
    'mobile no',
    'phone no',
    'contact',
    'contact number',
    'contact no',
    'cell',
    'whatsapp',
    'tel',
    'फ़ोन',
    'फोन',
    'मोबाइल',
    'মোবাইল',
    'ফোন',
    'ফোন নম্বর',
    'मोबाइल नम्बर',
    'फोन नम्बर',
  ],
  phone2: [
    'phone 2',
    'second phone',
    'alternate phone',
    'other phone',
    'alternate number',
    'phone2',
    'दूसरा फ़ोन',
    'দ্বিতীয় ফোন',
    'अर्को फोन',
  ],
  email: ['email', 'e mail', 'mail', 'email address', 'ईमेल', 'ইমেল', 'ইমেইল', 'इमेल'],
  language: ['language', 'speaks', 'भाषा', 'ভাষা'],
  weightKg: ['weight', 'weight kg', 'kg', 'वज़न', 'वजन', 'ওজন', 'तौल'],
  note: [
    'note',
    'notes',
    'remark',
    'remarks',
    'comment',
    'comments',
    'history',
    'medical history',
    'नोट',
    'टिप्पणी',
    'মন্তব্য',
    'নোট',
    'कैफियत',
  ],
  date: [
    'date',
    'day',
    'appointment date',
    'visit date',
    'start',
    'start date',
    'date time',
    'datetime',
    'starts',
    'तारीख़',
    'तारीख',
    'दिनांक',
    'তারিখ',
    'मिति',
  ],
  time: ['time', 'start time', 'at', 'hour', 'from', 'appointment time', 'समय', 'সময়', 'সময়'],
  service: [
    'service',
    'treatment',
    'type',
    'appointment type',
    'procedure',
    'सेवा',
    'इलाज',
    'সেবা',
    'পরিষেবা',
    'চিকিৎসা',
    'उपचार',
  ],
  practitioner: [
    'practitioner',
    'staff',
    'doctor',
    'with',
    'provider',
    'therapist',
    'physician',
    'डॉक्टर',
    'ডাক্তার',
    'ডাক্তারবাবু',
    'डाक्टर',
    'चिकित्सक',
  ],
  branch: ['branch', 'location', 'clinic', 'place', 'शाखा', 'শাখা'],
  status: ['status', 'state', 'outcome', 'स्थिति', 'অবস্থা', 'अवस्था'],
};

/** Names as they are compared: lower case, one space, no signs. Marks of the Indian scripts stay. */
export function plainName(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** For each column what it most likely is; each field is given once, the rest is not read. */
export function guessFields(kind: ImportKind, columns: readonly string[]): (Field | null)[] {
  const free = new Set<Field>(fieldsOf[kind]);
  const guessed: (Field | null)[] = columns.map(() => null);
  const take = (matches: (name: string, column: string) => boolean) => {
    for (const [i, column] of columns.entries()) {
      if (guessed[i] !== null) continue;
      const plain = plainName(column.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
      if (plain === '') continue;
      const field = [...free].find((one) =>
        [plainName(one), ...names[one].map(plainName)].some((name) => matches(name, plain)),
      );
      if (field === undefined) continue;
      guessed[i] = field;
      free.delete(field);
    }
  };
  take((name, column) => name === column);
  take((name, column) => name.replaceAll(' ', '') === column.replaceAll(' ', ''));
  // "Patient ID" is no name: numbers of other programs are not read.
  const isNumber = (column: string) => / (id|uid|code|no|nr|number)$/.test(column);
  take(
    (name, column) =>
      name.length >= 4 &&
      (column.endsWith(` ${name}`) || (column.startsWith(`${name} `) && !isNumber(column))),
  );
  return guessed;
}

/**
 * How days are written, as far as examples show it: who writes a 13th month writes days first. Undefined where each could be
 * read either way.
 */
export function shownDateOrder(examples: readonly string[]): DateOrder | undefined {
  let order: DateOrder | undefined;
  for (const text of examples) {
    const parts = /^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/.exec(latinDigits(text));
    if (parts === null) continue;
    const [first, second] = [Number(parts[1]), Number(parts[2])];
    if ((parts[1] ?? '').length === 4) return 'ymd';
    if (first > 12) return 'dmy';
    if (second > 12) order = 'mdy';
  }
  return order;
}
