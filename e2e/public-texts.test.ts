import { gzipSync } from 'node:zlib';
import jsonld from 'jsonld';
import sharp from 'sharp';
import { expect } from 'vitest';
import { findForbiddenWords } from '../packages/clinic/visitor/rules.ts';
import { languageSchema } from '../packages/clinic/visitor/schema.ts';
import { intlTag } from '../packages/web/app/locales/index.ts';
import { askPatiently, journeys, test } from './journey.ts';
import { structuredDataJudge } from './structured-data.ts';

/** schema.org's own context, as far as these tests need it: every plain name is one of its terms. */
const schemaContext = { '@vocab': 'https://schema.org/', id: '@id', type: '@type' };

/** What search engines need of each type before they show it (schema.org; Google's structured data pages). */
const required: Readonly<Record<string, readonly string[]>> = {
  MedicalClinic: ['name', 'url', 'address', 'medicalSpecialty'],
  Physician: ['name', 'description'],
  MedicalProcedure: ['name', 'description', 'procedureType', 'bodyLocation'],
  FAQPage: ['name', 'inLanguage', 'mainEntity'],
  MedicalWebPage: ['name', 'description', 'inLanguage', 'publisher'],
  Question: ['name', 'acceptedAnswer'],
  Answer: ['text'],
};

type Node = Readonly<Record<string, unknown>>;

async function sitemap(site: string): Promise<readonly string[]> {
  const xml = await (await fetch(`${site}/sitemap.xml`)).text();
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
}

/** Steps a visitor takes; every other page of the site map is a text of the clinic. */
const isStep = (path: string) => /^\/[a-z]{2}\/(?:check|preview|estimate|book)$/.test(path);

const read = async (site: string, path: string) => (await askPatiently(site + path)).text();

/** What a person reads: no scripts, no styles, no marks; descriptions and titles in the head too. */
const wordsOf = (html: string) =>
  [
    ...html.matchAll(/ content="([^"]*)"/g),
    ['', html.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ')],
  ]
    .map(([, text = '']) => text)
    .join('\n')
    // A cited work keeps its own address, whatever words it is made of.
    .replaceAll(/\b[\w-]+(?:\.[\w-]+)+\/\S+/g, ' ');

/** Every thing of a page's structured data that has a type, however deep, after JSON-LD expansion. */
async function thingsOf(html: string): Promise<{ type: string; node: Node }[]> {
  const found: { type: string; node: Node }[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    for (const type of (node['@type'] as string[] | undefined) ?? [])
      found.push({ type: type.replace('https://schema.org/', ''), node });
    Object.values(node).forEach(walk);
  };
  for (const [, json = ''] of html.matchAll(
    /<script[^>]*type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/g,
  )) {
    const thing = JSON.parse(json) as Node;
    expect(thing['@context']).toBe('https://schema.org');
    walk(await jsonld.expand({ ...thing, '@context': schemaContext } as jsonld.JsonLdDocument));
  }
  return found;
}

journeys('what the public site says', () => {
  test('promises nothing, on any page, in any language, as served', async ({ site }) => {
    const paths = await sitemap(site);
    expect(paths.filter(isStep)).toHaveLength(16);
    expect(paths.length).toBeGreaterThanOrEqual(56);
    const faults: string[] = [];
    for (const path of paths) {
      const language = languageSchema.parse(path.slice(1, 3));
      const words = findForbiddenWords(wordsOf(await read(site, path)), language);
      faults.push(...words.map(({ word, around }) => `${path}: ${word}: ${around}`));
    }
    expect(faults).toEqual([]);
  });

  test('is marked up for machines: each page with the types it needs, each type with what it must have', async ({
    site,
  }) => {
    const seen = new Set<string>();
    for (const path of await sitemap(site)) {
      for (const { type, node } of await thingsOf(await read(site, path))) {
        seen.add(type);
        const missing = (required[type] ?? []).filter((name) => !(`https://schema.org/${name}` in node));
        expect({ path, type, missing }).toEqual({ path, type, missing: [] });
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(Object.keys(required)));
  });

  test('has structured data in which a validator finds no fault, and finds the faults put into it', async ({
    site,
  }) => {
    const judge = await structuredDataJudge();
    const pages = new Map<string, string>();
    for (const path of await sitemap(site)) pages.set(path, await read(site, path));
    for (const [path, html] of pages)
      expect({ path, faults: await judge(html) }).toEqual({ path, faults: [] });

    const spoilt = async (path: string, from: string, to: string) => {
      const html = pages.get(path) ?? '';
      expect(html).toContain(from);
      return (await judge(html.replace(from, to))).map(({ issueMessage }) => issueMessage);
    };
    expect(await spoilt('/en/scalp', '"@type":"MedicalProcedure"', '"@type":"MedicalProcedur"')).toEqual([
      'Type "MedicalProcedur" is not a valid schema.org type',
    ]);
    expect(await spoilt('/hi/lip', '"bodyLocation"', '"bodyPlace"')).toEqual([
      'Property "bodyPlace" for type "MedicalProcedure" is not supported by the schema.org specification',
    ]);
    expect((await spoilt('/bn/faq', '"acceptedAnswer"', '"rightAnswer"')).length).toBe(1);
    expect(await spoilt('/ne', '"@type":"MedicalClinic",', '')).toEqual([
      'JSON-LD object missing @type attribute',
    ]);
    expect(await spoilt('/en/doctor', '{"@context":', '{{"@context":')).toEqual(['Could not parse JSON-LD']);
  });

  test('says on every page when it was published and who reviewed it, and leads on', async ({ site }) => {
    for (const path of (await sitemap(site)).filter((one) => !isStep(one))) {
      const html = await read(site, path);
      const language = languageSchema.parse(path.slice(1, 3));
      const state = /class="text-state"[^>]*>(.*?)<\/p>/s.exec(html)?.[1] ?? '';
      // On the clinic's wall: in the evening of 31 December it is ahead of the machine's.
      const year = new Intl.DateTimeFormat(intlTag(language), {
        year: 'numeric',
        timeZone: 'Asia/Kolkata',
      }).format(new Date());
      expect({ path, dated: state.includes(year) }).toEqual({ path, dated: true });
      for (const step of ['check', 'preview', 'estimate', 'book'])
        expect({ path, leads: html.includes(`href="/${language}/${step}`) }).toEqual({ path, leads: true });
    }
  });

  test('sends at most 100 kB of compressed scripts with a page of reading', async ({ site }) => {
    for (const path of await sitemap(site)) {
      const html = await read(site, path);
      const files = new Set(
        [...html.matchAll(/<(?:script[^>]*src|link[^>]*rel="modulepreload"[^>]*href)="([^"]+)"/g)].map(
          ([, file = '']) => file,
        ),
      );
      let bytes = 0;
      for (const file of files)
        bytes += gzipSync(Buffer.from(await (await fetch(new URL(file, site))).arrayBuffer())).length;
      expect({ path, light: bytes <= 100_000 }).toEqual({ path, light: true });
    }
  });

  test('has a picture for link previews that decodes at its stated size, and is not sent twice', async ({
    site,
  }) => {
    for (const path of [
      '/en',
      '/hi/scalp',
      '/bn/vitiligo',
      '/ne/faq',
      '/en/check',
      '/bn/preview',
      '/hi/book',
    ]) {
      const html = await read(site, path);
      const address = /property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
      expect(html).toContain(`name="twitter:image" content="${address}"`);
      const own = site + new URL(address).pathname;
      const answer = await fetch(own);
      const { width, height, format } = await sharp(await answer.arrayBuffer()).metadata();
      expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
      const again = await fetch(own, { headers: { 'If-None-Match': answer.headers.get('etag') ?? '' } });
      expect(again.status).toBe(304);
    }
    expect((await fetch(`${site}/en/og/nothing.png`)).status).toBe(404);
  });
});
