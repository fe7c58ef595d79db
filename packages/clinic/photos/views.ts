/** Standard views: the same places, from the same side, every time, so that photographs can be compared. */

export type PhotoTreatment = 'scalp' | 'lip' | 'vitiligo';

export const photoViews = [
  'front',
  'left-oblique',
  'right-oblique',
  'left',
  'right',
  'top',
  'crown',
  'rest',
  'smile',
  'woods-lamp',
  'context',
  'mid',
  'close-up',
] as const;
export type PhotoView = (typeof photoViews)[number];

export interface ViewSet {
  /** In the order they are taken. */
  readonly views: readonly PhotoView[];
  readonly source: string;
  readonly mark: 'known';
  readonly review: 'unreviewed';
}

const unsigned = { source: 'Clinical reference 8', mark: 'known', review: 'unreviewed' } as const;

/** Of each treatment; context, middle and close-up belong to every one. */
export const standardViews: Readonly<Record<PhotoTreatment, ViewSet>> = {
  scalp: {
    views: [
      'front',
      'left-oblique',
      'right-oblique',
      'left',
      'right',
      'top',
      'crown',
      'context',
      'mid',
      'close-up',
    ],
    ...unsigned,
  },
  lip: { views: ['rest', 'smile', 'context', 'mid', 'close-up'], ...unsigned },
  vitiligo: { views: ['context', 'mid', 'close-up', 'woods-lamp'], ...unsigned },
};
