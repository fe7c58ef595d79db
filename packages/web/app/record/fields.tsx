import { healthFlags, phoneInWords } from '@undertone/clinic/record/rules.ts';
import { type Patient, type RecordRefusal, sexes } from '@undertone/clinic/record/schema.ts';
import { type Locale, localeNames, locales } from '../locales/index.ts';
import { Select, TextField } from '../ui/fields.tsx';
import { type RecordWords, recordWords } from './words.ts';

export type Typed = Partial<Record<string, string>>;
type Refused = Pick<RecordRefusal, 'reason' | 'field'> | undefined;

/** The sentence for a field that was refused; a numbered field (`phones.1`) belongs to its list. */
export function faultAt(words: RecordWords, refused: Refused, field: string): string | undefined {
  const at = refused?.field;
  return at === field || at?.startsWith(`${field}.`)
    ? words.refusals[(refused as RecordRefusal).reason]
    : undefined;
}

/** What one needs to make a record at the desk: seconds, one hand. */
export function FirstFields({
  locale,
  typed,
  refused,
}: {
  readonly locale: Locale;
  readonly typed: Typed;
  readonly refused: Refused;
}) {
  const words = recordWords[locale];
  const fault = (field: string) => faultAt(words, refused, field);
  return (
    <>
      <TextField
        label={words.name}
        hint={words.nameHint}
        name="name"
        autoComplete="off"
        isRequired
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is this field
        autoFocus
        defaultValue={typed.name ?? ''}
        error={fault('name')}
      />
      <TextField
        label={words.phone}
        optional={words.optional}
        name="phones"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        defaultValue={typed.phones ?? ''}
        error={fault('phones')}
      />
      <BirthFields words={words} typed={typed} refused={refused} />
      <LanguageField words={words} chosen={typed.language ?? locale} />
    </>
  );
}

export function BirthFields({
  words,
  typed,
  refused,
}: {
  readonly words: RecordWords;
  readonly typed: Typed;
  readonly refused: Refused;
}) {
  return (
    <div className="record-pair">
      <TextField
        label={words.birthDate}
        optional={words.optional}
        name="birthDate"
        type="date"
        defaultValue={typed.birthDate ?? ''}
        error={faultAt(words, refused, 'birthDate')}
      />
      <TextField
        label={words.orAge}
        name="ageYears"
        inputMode="numeric"
        defaultValue={typed.ageYears ?? ''}
        error={faultAt(words, refused, 'ageYears')}
      />
    </div>
  );
}

export function LanguageField({ words, chosen }: { readonly words: RecordWords; readonly chosen: string }) {
  return (
    <Select
      label={words.language}
      name="language"
      defaultValue={chosen}
      options={locales.map((id) => ({ id, label: localeNames[id] }))}
    />
  );
}

export function SexField({ words, chosen }: { readonly words: RecordWords; readonly chosen: string }) {
  return (
    <Select
      label={words.sex}
      name="sex"
      defaultValue={chosen}
      options={[{ id: '', label: words.notSaid }, ...sexes.map((id) => ({ id, label: words.sexes[id] }))]}
    />
  );
}

/** A patient's fields as they are typed, to begin a form with. */
export function typedOf(patient: Patient): Typed {
  return {
    name: patient.name,
    language: patient.language,
    phones: patient.phones.map(phoneInWords).join('\n'),
    email: patient.email ?? '',
    birthDate: patient.birthDateExact ? (patient.birthDate ?? '') : '',
    sex: patient.sex ?? '',
    fitzpatrick: patient.fitzpatrick === null ? '' : String(patient.fitzpatrick),
    monk: patient.monk === null ? '' : String(patient.monk),
    weightKg: patient.weightKg === null ? '' : String(patient.weightKg),
    guardianName: patient.guardian?.name ?? '',
    relation: patient.guardian?.relation ?? '',
    guardianPhone: patient.guardian?.phone ? phoneInWords(patient.guardian.phone) : '',
  };
}

export function flagOptions(words: RecordWords) {
  return [
    { id: '', label: words.noFlag },
    ...Object.keys(healthFlags).map((id) => ({ id, label: words.codes[id as keyof typeof healthFlags] })),
  ];
}
