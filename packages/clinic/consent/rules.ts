/** What a consent needs before it counts. Pure and browser-safe. */
import type { Treatment } from '../candidacy/rules.ts';
import {
  type ConsentContent,
  type PhotoUse,
  type QuestionId,
  type SignaturePart,
  type Stroke,
  signatureField,
} from './schema.ts';

/** Who has to sign: under 18 the guardian, and the young person's own assent beside it (domain.md 7, Minors). */
export function partsNeeded(given: {
  readonly isMinor: boolean;
  readonly interpreter: boolean;
  readonly witness: boolean;
}): readonly SignaturePart[] {
  return [
    ...(given.isMinor ? (['guardian', 'assent'] as const) : (['patient'] as const)),
    ...(given.interpreter ? (['interpreter'] as const) : []),
    ...(given.witness ? (['witness'] as const) : []),
  ];
}

/** Cosmetic scalp work is not done under 18; cleft scars and vitiligo may be (gate G26). */
export function isDoneForMinors(treatment: Treatment): boolean {
  return treatment !== 'scalp';
}

/** Pictures of minors are not used for publication or marketing (domain.md 7). */
export function photoUsesFor(isMinor: boolean): readonly PhotoUse[] {
  return isMinor ? ['record', 'teaching'] : ['record', 'teaching', 'publication', 'social-media'];
}

/** Questions left open or answered wrongly. */
export function wrongAnswers(
  content: Pick<ConsentContent, 'questions'>,
  answers: Readonly<Partial<Record<QuestionId, string>>>,
): readonly QuestionId[] {
  return content.questions.filter(({ id, right }) => answers[id] !== right).map(({ id }) => id);
}

/** Whether somebody drew more than a dot or a slip of the finger: a tenth of the field's height of pen travel. */
export function isDrawn(strokes: readonly Stroke[]): boolean {
  let travel = 0;
  for (const line of strokes) {
    line.forEach(([x, y], i) => {
      const from = line[i - 1];
      if (from) travel += Math.hypot(x - from[0], y - from[1]);
    });
  }
  return travel >= signatureField.height / 10;
}

/** The drawn signature as an SVG picture, black on nothing. */
export function signatureSvg(strokes: readonly Stroke[]): string {
  const lines = strokes.map((line) => {
    const [first = [0, 0]] = line;
    // A dot of the pen is a line of no length, which round ends make visible.
    const points = line.length === 1 ? [first, first] : line;
    return `<polyline points="${points.map(([x, y]) => `${x},${y}`).join(' ')}"/>`;
  });
  const { width, height } = signatureField;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<g fill="none" stroke="#000" stroke-width="7" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</g></svg>`
  );
}
