/** What a list of pigment sets shows. */
export interface PigmentSetSummary {
  readonly setId: string;
  /** Counted from 1 within one set. */
  readonly version: number;
  readonly name: string;
  readonly kind: 'ink' | 'paint';
  /** False while the dose of one treatment is an assumption, true once the clinic's test spots set it. */
  readonly doseCalibrated: boolean;
  readonly pigmentCount: number;
  /** How and by whom the first pigment was measured; the pigments of a set are measured together. */
  readonly provenance: { readonly method: string; readonly source: string };
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface StockRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'no-such-set'
    | 'no-name'
    | 'set-too-large'
    | 'wrong-format'
    | 'bad-pigments'
    | 'bad-table';
  readonly message: string;
  readonly field?: string;
}

/** Bytes a document of pigments may have: twenty pigments take about 20 kB. */
export const mostDocumentBytes = 1_048_576;

/** Characters a set's name may have. */
export const longestName = 120;
