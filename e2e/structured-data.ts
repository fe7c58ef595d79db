/** The structured data of a page as a validator sees it, without a network: schema.org's vocabulary comes from npm. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';
import jsonld from 'jsonld';

export interface Fault {
  readonly rootType: string;
  readonly issueMessage: string;
}

/** What the validator reads of the vocabulary: classes, which class is under which, and what may stand in each. */
const readPredicates = [
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
  'http://www.w3.org/2000/01/rdf-schema#subClassOf',
  'http://schema.org/domainIncludes',
];

/** The vocabulary in the shape in which schema.org itself serves it as JSON-LD. */
async function vocabulary(): Promise<object> {
  const quads = await readFile(fileURLToPath(import.meta.resolve('@vocabulary/schema/schema.nq')), 'utf8');
  const triples = quads
    .split('\n')
    .filter((line) => readPredicates.some((one) => line.includes(`> <${one}> `)))
    .map((line) => line.replace(/ <[^<>]+> \.$/, ' .'))
    .join('\n');
  const expanded = await jsonld.fromRDF(triples as unknown as object, { format: 'application/n-quads' });
  return jsonld.compact(expanded, {
    schema: 'http://schema.org/',
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  });
}

/** Every fault and every warning a page's structured data gets: unknown types, names no type has, broken JSON. */
export async function structuredDataJudge(): Promise<(html: string) => Promise<readonly Fault[]>> {
  const validator = new Validator(await vocabulary());
  return async (html) => validator.validate(new WebAutoExtractor({ addLocation: true }).parse(html));
}
