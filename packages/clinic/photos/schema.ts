import { z } from 'zod';
import { type PhotoTreatment, type PhotoView, photoViews, standardViews } from './views.ts';

/** Most bytes a photograph may have: what the decoder takes. */
const photoMostBytes = 60_000_000;

/** What is sent before the first byte. The id is made by the device: sent again, it is the same upload. */
export const uploadForm = z
  .object({
    uploadId: z.uuid(),
    patientId: z.uuid(),
    treatment: z.enum(['scalp', 'lip', 'vitiligo']),
    view: z.enum(photoViews),
    origin: z.enum(['camera', 'upload']),
    takenAt: z.iso.datetime(),
    sessionId: z.uuid().optional(),
    sizeBytes: z.int().min(1).max(photoMostBytes),
    /** Of the whole file, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ treatment, view }) => standardViews[treatment].views.includes(view), {
    path: ['view'],
    message: 'This view does not belong to the treatment.',
  });
export type UploadForm = z.infer<typeof uploadForm>;

const px = z.number().min(-10).max(100_000);

export const lineForm = z
  .object({
    photoId: z.uuid(),
    kind: z.enum(['scale', 'length']),
    x1Px: px,
    y1Px: px,
    x2Px: px,
    y2Px: px,
    /** Only of a scale: how long the line is. */
    mm: z.number().positive().max(1000).optional(),
  })
  .refine(({ kind, mm }) => kind === 'length' || mm !== undefined, {
    path: ['mm'],
    message: 'How many millimetres is the line?',
  })
  .refine(({ x1Px, y1Px, x2Px, y2Px }) => Math.hypot(x2Px - x1Px, y2Px - y1Px) >= 5, {
    path: ['x2Px'],
    message: 'The line is too short; draw one of at least five pixels.',
  });

export interface Photo {
  readonly id: string;
  readonly patientId: string;
  readonly sessionId: string | null;
  readonly treatment: PhotoTreatment;
  readonly view: PhotoView;
  readonly origin: 'camera' | 'upload';
  readonly takenAt: Date;
  readonly addedAt: Date;
  readonly addedBy: string;
  /** Of the file as it was taken, hexadecimal. */
  readonly sha256: string;
  /** Upright. */
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PhotoLine {
  readonly id: string;
  readonly kind: 'scale' | 'length';
  readonly x1Px: number;
  readonly y1Px: number;
  readonly x2Px: number;
  readonly y2Px: number;
  readonly mm: number;
  readonly drawnAt: Date;
}

/** `thumb` and `screen` are copies without metadata, `original` the file without its place and other metadata. */
export const photoSizes = ['thumb', 'screen', 'original'] as const;
export type PhotoSize = (typeof photoSizes)[number];

/** Where an upload stands. */
export interface UploadState {
  readonly uploadId: string;
  readonly offset: number;
  readonly sizeBytes: number;
  /** Set once the whole file is in the record. */
  readonly photoId?: string;
}

export interface PhotoRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'other-upload'
    | 'wrong-offset'
    | 'too-many-bytes'
    | 'content-mismatch'
    | 'no-consent'
    | 'no-scale'
    | `photo-${string}`;
  readonly message: string;
  readonly field?: string;
  /** After `wrong-offset`: where to go on. */
  readonly offset?: number;
}
