import { z } from 'zod';

/** What photographs may be used for; each is asked for by itself and starts unticked (domain.md 7). */
export const photoUses = ['record', 'teaching', 'publication', 'social-media'] as const;
export type PhotoUse = (typeof photoUses)[number];

export const signatureParts = ['patient', 'guardian', 'assent', 'interpreter', 'witness'] as const;
export type SignaturePart = (typeof signatureParts)[number];

/** The field a signature is drawn in, in its own units. */
export const signatureField = { width: 1000, height: 400 } as const;

const point = z.tuple([z.int().min(0).max(signatureField.width), z.int().min(0).max(signatureField.height)]);
/** One line of the pen, from touching down to lifting. */
export const stroke = z.array(point).min(1).max(2000);
export type Stroke = z.infer<typeof stroke>;
