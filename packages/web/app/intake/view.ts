import { evaluate, gatesFor, textOf } from '@undertone/clinic/candidacy/rules.ts';
import {
  answersOf,
  healthFields,
  linesOf,
  type PersonField,
  personFields,
  progress01,
  valueOf,
} from '@undertone/clinic/intake/rules.ts';
import type { IntakeForm } from '@undertone/clinic/intake/schema.ts';
import { phoneInWords, phoneOf } from '@undertone/clinic/record/rules.ts';
import { type Patient, type Sex, sexes } from '@undertone/clinic/record/schema.ts';
import type { ScreeningProtocol } from '@undertone/clinic/screening/protocol-rules.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';

/** What staff see of a form: what the person wrote, what it raises, and what differs from the record. */
export function intakeView(
  form: IntakeForm,
  patient: Patient | undefined,
  locale: Locale,
  today: string,
  country: string,
  own?: Pick<ScreeningProtocol, 'gates' | 'words'>,
) {
  const texts = textOf(locale, own?.words[locale]);
  const { draft, treatment } = form;
  const answers = answersOf(draft, treatment);
  const { findings } = evaluate(answers, { treatment, today, gates: own?.gates });
  return {
    progress: new Intl.NumberFormat(intlTag(locale), { style: 'percent' }).format(
      progress01(draft, treatment),
    ),
    person: personFields.flatMap((field) => {
      const told = personText(field, valueOf(draft, field), locale, country);
      const kept = patient === undefined ? '' : keptText(field, patient, locale);
      if (told === '' || told === kept) return [];
      // A name or an address once noted is not silently replaced; what is missing is taken unless somebody unticks it.
      return [{ field, told, kept, isTaken: kept === '' || field === 'phone' }];
    }),
    gates: gatesFor(treatment).map((gate) => {
      const answer = answers[gate.id];
      const text = texts.gates[gate.id];
      const finding = findings.find((one) => one.gate === gate.id);
      const first = gate.options[0].id;
      const label =
        answer === undefined
          ? '—'
          : answer.choice === 'unsure'
            ? texts.common.unsure
            : answer.choice === first
              ? texts.common.no
              : (text.options?.[answer.choice] ?? texts.common.yes);
      return {
        id: gate.id,
        question: text.question,
        label,
        date: answer?.date ?? null,
        action: finding?.action ?? null,
        reason: finding === undefined ? null : text.reason,
      };
    }),
    words: healthFields.map((field) => ({ field, lines: linesOf(draft, field) })),
    wishes: valueOf(draft, 'wishes'),
  };
}

function personText(field: PersonField, text: string, locale: Locale, country: string): string {
  if (text === '') return '';
  if (field === 'phone' || field === 'guardianPhone') {
    const phone = phoneOf(text, country);
    return phone === undefined ? text : phoneInWords(phone);
  }
  if (field === 'sex')
    return (sexes as readonly string[]).includes(text) ? recordWords[locale].sexes[text as Sex] : text;
  return text;
}

function keptText(field: PersonField, patient: Patient, locale: Locale): string {
  switch (field) {
    case 'name':
      return patient.name;
    case 'birthDate':
      return patient.birthDateExact ? (patient.birthDate ?? '') : '';
    case 'sex':
      return patient.sex === null ? '' : recordWords[locale].sexes[patient.sex];
    case 'phone':
      return patient.phones[0] === undefined ? '' : phoneInWords(patient.phones[0]);
    case 'email':
      return patient.email ?? '';
    case 'guardianName':
      return patient.guardian?.name ?? '';
    case 'relation':
      return patient.guardian?.relation ?? '';
    case 'guardianPhone':
      return patient.guardian?.phone ? phoneInWords(patient.guardian.phone) : '';
  }
}
