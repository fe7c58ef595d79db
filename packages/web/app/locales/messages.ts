import type { en } from './en.ts';

type Widened<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Key in keyof T]: Widened<T[Key]> };

/** The words a page may use. A language that lacks one does not compile. */
export type Messages = Widened<typeof en>;
