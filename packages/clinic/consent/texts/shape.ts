import type { Treatment } from '../../candidacy/rules.ts';
import type { PhotoUse, QuestionId, SectionId, SignaturePart } from '../schema.ts';

export interface QuestionText {
  readonly question: string;
  /** The first one is right; the page shows them in another order. */
  readonly options: readonly [string, string, string];
  /** Said after every answer. */
  readonly because: string;
}

/** The words of one language. What differs between treatments stands under `of`. */
export interface ConsentWords {
  readonly title: string;
  readonly of: Readonly<
    Record<
      Treatment,
      {
        readonly name: string;
        readonly what: readonly string[];
        readonly alternatives: string;
        readonly course: string;
        readonly aftercare: string;
        readonly own: readonly string[];
        readonly question: QuestionText;
      }
    >
  >;
  readonly lead: string;
  readonly headings: Readonly<Record<SectionId, string>>;
  readonly diagnosis: string;
  readonly operator: string;
  readonly pain: string;
  readonly pigments: readonly string[];
  readonly risks: readonly string[];
  readonly unknown: string;
  /** For instance "3 of 1,352 people (0.2 %)". */
  readonly figure: (events: number | undefined, people: number, percent: string) => string;
  readonly colour: readonly string[];
  readonly removal: string;
  readonly numbing: string;
  readonly inform: readonly string[];
  readonly aftercare: string;
  readonly cost: readonly string[];
  readonly data: readonly string[];
  readonly rights: readonly string[];
  readonly questions: Readonly<Record<Exclude<QuestionId, 'treatment'>, QuestionText>>;
  readonly declarations: Readonly<Record<SignaturePart, string>>;
  readonly photos: {
    readonly lead: string;
    readonly uses: Readonly<Record<PhotoUse, string>>;
    readonly identifiable: string;
    readonly minor: string;
  };
}
