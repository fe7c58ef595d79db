import type { Language, Tenant } from '../tenant/schema.ts';

/**
 * The demonstration clinic. What it says about itself and its doctor is what the first clinic said; everything it did
 * not say is null, which pages show as "to be completed by the clinic".
 */
export const sampleTenant: Tenant = {
  id: '5a3b1e00-0000-4000-8000-000000000001',
  name: 'Micro-pigmentation clinic, Siliguri (sample)',
  country: 'IN',
  zone: 'Asia/Kolkata',
  currency: 'INR',
  languages: ['en', 'bn', 'hi', 'ne'],
  facts: {
    addressLines: null,
    town: 'Siliguri',
    phone: null,
    email: null,
    licence: null,
    physician: {
      name: 'Dr. Sneha Bhagat',
      title: 'Consultant Cosmetic Physician',
      degrees: 'MBBS (KIMS, Bhubaneswar)',
      registration: null,
    },
  },
  sample: true,
};

export const sampleBranch = {
  tenantId: sampleTenant.id,
  id: '5a3b1e00-0000-4000-8000-000000000002',
  name: 'Siliguri',
  town: 'Siliguri',
  zone: 'Asia/Kolkata',
} as const;

/** Plainly invented people: a number for a name. */
export const samplePatients: readonly { readonly number: number; readonly language: Language }[] = [
  { number: 3, language: 'bn' },
  { number: 7, language: 'hi' },
  { number: 9, language: 'ne' },
  { number: 14, language: 'en' },
  { number: 21, language: 'bn' },
  { number: 28, language: 'hi' },
];
