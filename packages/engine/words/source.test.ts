import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { recogniseText, sayings } from './index.ts';

/** Any of the syntax tree's nodes. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const engine = new URL('..', import.meta.url).pathname;
/** Folders that speak to programs or programmers, not to people: workers, tests' helpers, the model's interpreter. */
const apart = /^(?:bench|fixtures|simulator|tools|work|words|region\/landmarks\/tflite)\//;
/** The printed scale card says its lines in all languages at once; weights are an installation's fault. */
const notShown = ['photo/scale-card.ts', 'region/landmarks/weights.ts'];

const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter(
  (path) =>
    path.endsWith('.ts') &&
    !path.endsWith('.test.ts') &&
    !path.startsWith('node_modules') &&
    !apart.test(path) &&
    !notShown.includes(path),
);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Every text of a file that is a sentence, with `{}` where a value is put in; what is thrown as an error is left out. */
function sentencesOf(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if (node.type === 'NewExpression') return;
    if (node.type === 'Literal' && typeof node.value === 'string') found.push(node.value);
    if (node.type === 'TemplateLiteral') {
      const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
      found.push(quasis.map(({ value }) => value.cooked).join('{}'));
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(child)) visit(child);
    }
  };
  visit(parseAst(readFileSync(join(engine, path), 'utf8'), { lang: 'ts' }) as unknown as Node);
  return found.filter((text) => /\p{Ll}{2}.* \p{Ll}{2}/u.test(text) && text.trim().endsWith('.'));
}

const skeletons = sayings.map(({ en }) => en.replaceAll(/\{\w+(?::\w+)?\}/g, '{}'));

/** A text without values must be known; one with values, or a piece of one, must be part of an entry. */
function isKnown(text: string): boolean {
  if (!text.includes('{}') && recogniseText(text) !== undefined) return true;
  const place = /^(?<place>.*\{\}.*?): /.exec(text)?.groups?.place;
  const piece = (place !== undefined && skeletons.includes(place) ? text.slice(place.length) : text)
    .replace(/^(?:\{\}|[ .,:])+/, '')
    .replace(/(?: ?\{\})+$/, '');
  return skeletons.some((skeleton) => skeleton.includes(piece));
}

describe('what the engine says to people', () => {
  it.each(files.map((path) => [relative('.', path)]))('%s: every sentence has an entry', (path) => {
    expect(sentencesOf(path).filter((sentence) => !isKnown(sentence))).toEqual([]);
  });

  it('is found at all', () => {
    const all = files.flatMap(sentencesOf);
    expect(all).toContain('The seed must be a whole number.');
    expect(all.length).toBeGreaterThan(100);
  });
});
