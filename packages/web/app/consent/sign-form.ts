/** What the person's form sends, as `signConsent` takes it. Pure. */
import {
  photoUses,
  questionIds,
  type SignForm,
  type Stroke,
  signatureParts,
} from '@undertone/clinic/consent/schema.ts';

type Texts = Partial<Record<string, string>>;

export function readSignForm(form: Texts): SignForm {
  return {
    answers: Object.fromEntries(
      questionIds.flatMap((id) => {
        const answer = form[`answer-${id}`];
        return answer === undefined ? [] : [[id, answer]];
      }),
    ),
    photos: photoUses
      .filter((use) => form[`photo-${use}`] === 'yes')
      .map((use) => ({ use, identifiable: form[`identifiable-${use}`] === 'yes' })),
    signatures: signatureParts.flatMap((part) => {
      const name = form[`name-${part}`];
      if (name === undefined || name.trim() === '') return [];
      const isDrawn = form[`method-${part}`] === 'drawn';
      const relation = form[`relation-${part}`];
      return [
        {
          part,
          name,
          ...(relation !== undefined && relation !== '' && { relation }),
          method: isDrawn ? ('drawn' as const) : ('typed' as const),
          strokes: isDrawn ? readStrokes(form[`strokes-${part}`]) : [],
        },
      ];
    }),
  };
}

/** Anything that is not a list of lines counts as nothing drawn; the schema checks every point. */
export function readStrokes(text: string | undefined): Stroke[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(parsed) ? (parsed as Stroke[]) : [];
  } catch {
    return [];
  }
}
