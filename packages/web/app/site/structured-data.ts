import type { Tenant } from '@undertone/clinic/tenant/schema.ts';
import { type Block, blockText, questionsOf } from '@undertone/clinic/visitor/rules.ts';
import type { PageKey, TextVersion } from '@undertone/clinic/visitor/schema.ts';

interface Given {
  readonly page: TextVersion;
  readonly blocks: readonly Block[];
  readonly tenant: Tenant;
  readonly publicUrl: string;
  readonly locale: string;
}

/** A schema.org thing as JSON. */
export type Thing = {
  readonly [key: string]: string | number | Thing | readonly Thing[] | readonly string[];
};

const bodyLocations: Readonly<Partial<Record<PageKey, string>>> = {
  scalp: 'Scalp',
  lip: 'Lip',
  vitiligo: 'Skin',
};

/**
 * Structured data of a page, from the same values that the page shows. Facts the clinic has not completed are left out,
 * never invented. Types: schema.org MedicalClinic, Physician, MedicalProcedure, FAQPage, MedicalWebPage.
 */
export function jsonLdOf({ page, blocks, tenant, publicUrl, locale }: Given): Thing[] {
  const address = `${publicUrl}/${locale}/${page.pageKey}`;
  const clinicId = `${publicUrl}/#clinic`;
  const webPage: Thing = {
    '@context': 'https://schema.org',
    '@type': page.pageKey === 'faq' ? 'FAQPage' : 'MedicalWebPage',
    '@id': address,
    url: address,
    name: page.title,
    description: page.description,
    inLanguage: page.language,
    publisher: { '@id': clinicId },
    ...(page.publishedAt && { datePublished: page.publishedAt }),
    ...(page.reviewedAt && { lastReviewed: page.reviewedAt.slice(0, 10) }),
    ...(page.pageKey === 'faq' && {
      mainEntity: questionsOf(blocks).map(({ question, answer }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: answer.map(blockText).join(' ') },
      })),
    }),
  };
  const bodyLocation = bodyLocations[page.pageKey];
  const things: Thing[] = [webPage, clinicThing(tenant, publicUrl, clinicId)];
  if (bodyLocation)
    things.push({
      '@context': 'https://schema.org',
      '@type': 'MedicalProcedure',
      '@id': `${address}#procedure`,
      name: page.title,
      description: page.description,
      procedureType: 'https://schema.org/PercutaneousProcedure',
      bodyLocation,
    });
  return things;
}

/** The clinic and, when its facts are known, its physician. */
export function clinicThing(tenant: Tenant, publicUrl: string, clinicId = `${publicUrl}/#clinic`): Thing {
  const { physician, addressLines, town, phone } = tenant.facts;
  return {
    '@context': 'https://schema.org',
    '@type': 'MedicalClinic',
    '@id': clinicId,
    name: tenant.name,
    url: `${publicUrl}/`,
    medicalSpecialty: 'https://schema.org/Dermatology',
    address: {
      '@type': 'PostalAddress',
      addressCountry: tenant.country,
      ...(town && { addressLocality: town }),
      ...(addressLines && { streetAddress: addressLines.join(', ') }),
    },
    ...(phone && { telephone: phone }),
    ...(physician && {
      employee: {
        '@type': 'Physician',
        name: physician.name,
        description: `${physician.title}, ${physician.degrees}`,
      },
    }),
  };
}
