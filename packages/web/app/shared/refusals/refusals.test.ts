import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findForbiddenWords } from '@undertone/clinic/visitor/rules.ts';
import { sayings, speakerOf, valuesOf } from '@undertone/engine/words/index.ts';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { rootDir } from '../../../../../tools/run.ts';
import { locales } from '../../locales/index.ts';
import { refusals } from './index.ts';

/** Files whose refusals a page shows in their own words. */
const spoken = [
  'clinic/booking/change.ts',
  'clinic/booking/desk.ts',
  'clinic/consent/text-commands.ts',
  'clinic/followup/events.ts',
  'clinic/followup/inbox.ts',
  'clinic/followup/refusals.ts',
  'clinic/followup/schema.ts',
  'clinic/outcome/align.ts',
  'clinic/outcome/rating.ts',
  'clinic/outcome/record.ts',
  'clinic/outcome/refusals.ts',
  'clinic/outcome/schema.ts',
  'clinic/photos/commands.ts',
  'clinic/photos/refusals.ts',
  'clinic/photos/schema.ts',
  'clinic/photos/upload.ts',
  'clinic/planning/commands.ts',
  'clinic/planning/drafts.ts',
  'clinic/planning/refusals.ts',
  'clinic/planning/reproduce.ts',
  'clinic/planning/schema.ts',
  'clinic/planning/signing.ts',
  'clinic/platform/images/decode.ts',
  'clinic/tenant/schema.ts',
  'clinic/visitor/commands.ts',
  'clinic/visitor/schema.ts',
  'web/app/studio/save-plan.ts',
];

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** A text of the source with `{}` where a value is put in; undefined where it is no text. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
    return quasis.map(({ value }) => value.cooked).join('{}');
  }
  if (node.type !== 'BinaryExpression') return undefined;
  const [left, right] = [textOf(node.left as Node), textOf(node.right as Node)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Sentences of a file that are not thrown: they end as sentences do. */
function sentencesOf(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if (node.type === 'NewExpression') return;
    const text = textOf(node);
    if (text !== undefined) {
      found.push(text);
      return;
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(child)) visit(child);
    }
  };
  const source = readFileSync(join(rootDir, 'packages', path), 'utf8');
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return found.filter((text) => /^[A-Z“"{].* .*[.?]$/.test(text));
}

const skeletonOf = (template: string) => template.replaceAll(/\{\w+(?::\w+)?\}/g, '{}');
const { recogniseText } = speakerOf([...sayings, ...refusals]);
const skeletons = new Set([...sayings, ...refusals].map(({ en }) => skeletonOf(en)));

describe('refusals that pages show', () => {
  it.each(spoken)('%s: each has words in every language', (path) => {
    const unknown = sentencesOf(path).filter(
      (text) => !skeletons.has(text) && (text.includes('{}') || recogniseText(text) === undefined),
    );
    expect(unknown).toEqual([]);
  });

  it.each(refusals.map((saying) => [saying.en, saying] as const))('is said alike: %s', (_, saying) => {
    const names = (template: string) =>
      valuesOf(template)
        .map(({ name }) => name)
        .sort();
    for (const locale of locales) {
      expect(names(saying[locale])).toEqual(names(saying.en));
      expect(saying[locale]).not.toBe(locale === 'en' ? '' : saying.en);
    }
  });

  it.each(locales)('promise nothing that no clinic can keep: %s', (locale) => {
    expect(refusals.flatMap((saying) => findForbiddenWords(saying[locale], locale))).toEqual([]);
  });

  it('are none of the engine’s, and none twice', () => {
    const all = [...sayings, ...refusals].map(({ en }) => en);
    expect(all.filter((en, at) => all.indexOf(en) !== at)).toEqual([]);
  });
});
