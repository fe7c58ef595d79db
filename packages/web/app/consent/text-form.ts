/** What the editor of a consent text sends, laid over the version it began from. Pure. */
import { type ConsentContent, signatureParts } from '@undertone/clinic/consent/schema.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';

type Texts = Partial<Record<string, string>>;

/** Risks, photographs and sources stay as they are; everything else is what the form says. */
export function readTextForm(before: ConsentContent, form: Texts): ConsentContent {
  const text = (name: string, kept: string) => (form[name] ?? kept).trim();
  return {
    ...before,
    lead: text('lead', before.lead),
    coolingOffHours: form.hours === undefined ? before.coolingOffHours : typedNumber(form.hours),
    sections: before.sections.map((section) => ({
      ...section,
      heading: text(`heading-${section.id}`, section.heading),
      lines: linesOf(form[`lines-${section.id}`]) ?? section.lines,
    })),
    questions: before.questions.map((question) => ({
      ...question,
      question: text(`question-${question.id}`, question.question),
      because: text(`because-${question.id}`, question.because),
      right: form[`right-${question.id}`] ?? question.right,
      options: question.options.map((option) => ({
        ...option,
        text: text(`option-${question.id}-${option.id}`, option.text),
      })),
    })),
    declarations: Object.fromEntries(
      signatureParts.map((part) => [part, text(`declaration-${part}`, before.declarations[part])]),
    ) as ConsentContent['declarations'],
  };
}

function linesOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
