import type { Language } from '../tenant/schema.ts';

/** What a document is: decides its title when none is given. */
const documentKinds = [
  'plan',
  'consent',
  'session-note',
  'aftercare',
  'adverse-event-report',
  'recall-report',
  'receipt',
  'letter',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Plain text, never markup. Pieces of a line may be strong. */
export type Words = string | readonly (string | { readonly strong: string })[];

/** What a document is made of, from top to bottom. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level?: 1 | 2 }
  | { readonly kind: 'paragraph'; readonly text: Words; readonly small?: boolean }
  | { readonly kind: 'list'; readonly items: readonly Words[]; readonly numbered?: boolean }
  /** Names and values, one pair a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: Words])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Words[])[];
      /** Of each column; `end` for numbers. */
      readonly align?: readonly ('start' | 'end')[];
      /** Share of the width of each column; without it columns are as wide as they need. */
      readonly widths?: readonly number[];
    }
  /** `stop` for what cannot wait, `attention` for what must be minded, `info` for the rest. */
  | {
      readonly kind: 'note';
      readonly tone: 'stop' | 'attention' | 'info';
      readonly title: string;
      readonly items: readonly Words[];
    }
  /** Side by side. `alt` says what is to be seen, for those who do not see it. */
  | { readonly kind: 'pictures'; readonly pictures: readonly DocumentPicture[] }
  /** Lines to sign on, or the signatures given. */
  | { readonly kind: 'signatures'; readonly lines: readonly SignatureLine[] }
  /** A drawing at true scale, over as many sheets as it needs, each with a ruler of 100 mm. Begins a new page. */
  | {
      readonly kind: 'stencil';
      readonly svg: string;
      readonly widthMm: number;
      readonly heightMm: number;
      readonly alt: string;
    }
  | { readonly kind: 'page-break' };

export interface DocumentPicture {
  /** PNG, JPEG, WebP or SVG. */
  readonly bytes: Uint8Array;
  readonly alt: string;
  readonly caption?: string;
  /** At most the width of its column. */
  readonly widthMm?: number;
}

export interface SignatureLine {
  /** Who signs here: "Patient", "Physician", … */
  readonly role: string;
  readonly name?: string;
  /** When it was signed, as it shall be read. */
  readonly at?: string;
  readonly picture?: Uint8Array;
}

/** Whether a clinician has looked at the words of a document. */
export type ReviewState = 'unreviewed' | { readonly reviewedBy: string; readonly on: string };

export interface DocumentRequest {
  readonly kind: DocumentKind;
  readonly language: Language;
  readonly title?: string;
  readonly patient?: { readonly name: string; readonly birthDate?: string; readonly number?: string };
  /** More for the lines under the title. */
  readonly facts?: readonly (readonly [name: string, value: Words])[];
  readonly blocks: readonly Block[];
  /** Of the medical sentences. Left out when there are none. */
  readonly review?: ReviewState;
  readonly sources?: readonly string[];
  /** Printed on every page, to find the record this came from. No names. */
  readonly reference?: string;
  /** When it is given out, as it shall be read; now, in the clinic's zone, when left out. */
  readonly issued?: string;
  /** The branch it is given out at, whose street and telephone it then carries; left out or null: the clinic's own. */
  readonly branchId?: string | null;
}
