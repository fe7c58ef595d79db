import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { rootDir } from '../../../../tools/run.ts';

const app = join(rootDir, 'packages/web/app');

/** Attributes that are read aloud or shown. */
const spoken = new Set(['aria-label', 'alt', 'title', 'label', 'placeholder', 'closeLabel', 'caption']);

/** Names and signs that are the same in every language. */
const same =
  /^(Undertone|WhatsApp|SHA-256|GSTIN|Asia\/\w+|ΔE\S*|L\*a\*b\*|CSV|PDF|JSON|FHIR.*|UPI|nm|mm|px|cm²?|min|mg|mL|kg|sRGB)$/;

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Words written into a page's elements, where nothing can translate them. */
function wordsIn(path: string): readonly string[] {
  const found: string[] = [];
  const note = (text: string) => {
    const said = text.trim();
    if (/[a-z]{3,}/.test(said) && !same.test(said)) found.push(`${path}: ${said}`);
  };
  const visit = (node: Node) => {
    if (node.type === 'JSXText') note(String(node.value));
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as { name: { name: string }; value: Node | null };
      if (spoken.has(name.name) && value?.type === 'Literal') note(String(value.value));
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(child)) visit(child);
    }
  };
  visit(parseAst(readFileSync(join(app, path), 'utf8'), { lang: 'tsx' }) as unknown as Node);
  return found;
}

describe('pages', () => {
  it('say nothing but what their words say in four languages', () => {
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      // The page of specimens is for who makes the program.
      .filter((path) => path.endsWith('.tsx') && !path.startsWith('specimens/'));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(wordsIn)).toEqual([]);
    expect(wordsIn('specimens/page.tsx')).not.toEqual([]);
  });
});
