import { z } from 'zod';
import { language } from '../tenant/schema.ts';

export const patientForm = z.object({
  name: z.string().trim().min(1, 'A name is needed.').max(200),
  language,
  /** Invented, for trying things out: marked so wherever it is shown. */
  synthetic: z.boolean().default(false),
});
export type PatientForm = z.input<typeof patientForm>;

export interface Patient {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly language: z.infer<typeof language>;
  readonly synthetic: boolean;
  readonly createdAt: Date;
}

export interface RecordRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'not-found' | 'bad-form';
  readonly message: string;
  readonly field?: string;
}
