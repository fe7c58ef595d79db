import type { Blockquote, Heading, List, Paragraph, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { forbiddenWords } from './forbidden-words.ts';
import { type Language, type PageKey, pageKeys, type TextInput } from './schema.ts';
import { type SourceNumber, sourceByNumber } from './sources.ts';

/** A run of text inside a block. `cite` carries the number of a source in `sources.ts`. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'emphasis'; children: Inline[] }
  | { kind: 'link'; page: PageKey; children: Inline[] }
  | { kind: 'cite'; source: SourceNumber };

/** A block of a page. `slot` is a place the page fills from data, such as the table of risks. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; id: string; children: Inline[] }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'note'; children: Inline[] }
  | { kind: 'slot'; name: 'risk-table' };

export interface ParsedText {
  blocks: Block[];
  /** Numbers of the sources cited, in order of first mention. */
  sources: SourceNumber[];
  /** What an editor has to mend before the text can be published; empty when nothing. */
  problems: { line: number; message: string }[];
}

const slotPattern = /^\{\{([a-z-]+)\}\}$/;

/**
 * Reads the Markdown of a page: headings of level 2 and 3, paragraphs, lists, tables, quotes as notes, `[16]` as a
 * citation of source 16, `[words](page:scalp)` as a link to another page. Anything else is a problem with its line,
 * never silently dropped.
 */
export function parseText(body: string): ParsedText {
  const problems: ParsedText['problems'] = [];
  const sources: SourceNumber[] = [];
  const ids = new Set<string>();
  const tree = fromMarkdown(body, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });

  const problem = (node: { position?: { start: { line: number } } | undefined }, message: string) =>
    problems.push({ line: node.position?.start.line ?? 1, message });

  const cite = (text: string, node: PhrasingContent): Inline[] => {
    const parts: Inline[] = [];
    let from = 0;
    for (const match of text.matchAll(/\s?\[(\d{1,3})\]/g)) {
      if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
      const number = Number(match[1]);
      if (sourceByNumber.has(number)) {
        parts.push({ kind: 'cite', source: number });
        if (!sources.includes(number)) sources.push(number);
      } else problem(node, `There is no source number ${number}.`);
      from = match.index + match[0].length;
    }
    if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
    return parts;
  };

  const inline = (nodes: readonly PhrasingContent[]): Inline[] =>
    nodes.flatMap((node): Inline[] => {
      switch (node.type) {
        case 'text':
          return cite(node.value.replaceAll('\n', ' '), node);
        case 'strong':
          return [{ kind: 'strong', children: inline(node.children) }];
        case 'emphasis':
          return [{ kind: 'emphasis', children: inline(node.children) }];
        case 'break':
          return [{ kind: 'text', text: ' ' }];
        case 'link': {
          const page = node.url.startsWith('page:') ? node.url.slice('page:'.length) : undefined;
          const key = pageKeys.find((candidate) => candidate === page);
          if (!key) {
            problem(node, `Link to a page of this site, for example (page:scalp), not to "${node.url}".`);
            return inline(node.children);
          }
          return [{ kind: 'link', page: key, children: inline(node.children) }];
        }
        default:
          problem(node, `"${node.type}" is not used in these texts; write it as plain words.`);
          return [];
      }
    });

  const heading = (node: Heading): Block[] => {
    if (node.depth !== 2 && node.depth !== 3) problem(node, 'Use headings of two or three # signs.');
    const children = inline(node.children);
    return [
      { kind: 'heading', level: node.depth === 3 ? 3 : 2, id: uniqueId(plain(children), ids), children },
    ];
  };
  const paragraph = (node: Paragraph): Block[] => {
    const children = inline(node.children);
    const slot = slotPattern.exec(plain(children).trim())?.[1];
    if (slot === 'risk-table') return [{ kind: 'slot', name: slot }];
    if (slot) problem(node, `There is nothing called {{${slot}}} to show here.`);
    return [{ kind: 'paragraph', children }];
  };
  const list = (node: List): Block[] => [
    {
      kind: 'list',
      ordered: node.ordered === true,
      items: node.children.map((item) =>
        item.children.flatMap((child) => {
          if (child.type === 'paragraph') return inline(child.children);
          problem(child, 'Keep lists to one level of plain sentences.');
          return [];
        }),
      ),
    },
  ];
  const table = (node: Table): Block[] => {
    const rows = node.children.map((row) => row.children.map((cell) => inline(cell.children)));
    return [{ kind: 'table', head: rows[0] ?? [], rows: rows.slice(1) }];
  };
  const note = (node: Blockquote): Block[] =>
    node.children.flatMap((child): Block[] =>
      child.type === 'paragraph' ? [{ kind: 'note', children: inline(child.children) }] : [],
    );

  const blocks = tree.children.flatMap((node: RootContent): Block[] => {
    switch (node.type) {
      case 'heading':
        return heading(node);
      case 'paragraph':
        return paragraph(node);
      case 'list':
        return list(node);
      case 'table':
        return table(node);
      case 'blockquote':
        return note(node);
      default:
        problem(node, `"${node.type}" is not used in these texts; write it as plain words.`);
        return [];
    }
  });
  return { blocks, sources, problems };
}

/** The words of a run of text without marks or citations. */
export function plain(children: readonly Inline[]): string {
  return children
    .map((child) => (child.kind === 'text' ? child.text : child.kind === 'cite' ? '' : plain(child.children)))
    .join('');
}

/** An id for a heading that survives Devanagari and Bengali letters and never repeats within a page. */
function uniqueId(text: string, taken: Set<string>): string {
  const base =
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'part';
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return id;
}

/** Questions of the FAQ page: every heading with the blocks up to the next one. */
export function questionsOf(blocks: readonly Block[]): { id: string; question: string; answer: Block[] }[] {
  const questions: { id: string; question: string; answer: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading')
      questions.push({ id: block.id, question: plain(block.children), answer: [] });
    else questions.at(-1)?.answer.push(block);
  }
  return questions;
}

/** All words of a block, for search, summaries and structured data. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return plain(block.children);
    case 'list':
      return block.items.map(plain).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plain).join(' ')).join(' ');
    case 'slot':
      return '';
  }
}

/**
 * Words that a text for patients must not use; `forbidden-words.ts` lists them per language and says why. Returns each
 * with the words around it.
 */
export function findForbiddenWords(text: string, language: Language): { word: string; around: string }[] {
  return (
    language === 'en' ? forbiddenWords.en : [...forbiddenWords.en, ...forbiddenWords[language]]
  ).flatMap(({ pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({
      word: match[0],
      around: text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30),
    })),
  );
}

/** Everything that keeps a text from being published, in the editor's words. */
export function problemsOf(input: TextInput): { line: number; message: string }[] {
  const parsed = parseText(input.body);
  const words = findForbiddenWords(`${input.title}\n${input.description}\n${input.body}`, input.language);
  return [
    ...parsed.problems,
    ...words.map(({ word, around }) => ({
      line: 1,
      message: `"${word}" promises too much for a medical text (… ${around.replaceAll('\n', ' ')} …). Say what is known instead.`,
    })),
  ];
}

/** Splits a seed file into its front matter (`title`, `description`) and its body. */
export function parseSeedFile(
  source: string,
  pageKey: PageKey,
  language: Language,
): { ok: true; text: TextInput } | { ok: false; reason: 'bad-front-matter'; message: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replaceAll('\r\n', '\n'));
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(match?.[1] ?? '')?.[1]?.trim();
  const title = field('title');
  const description = field('description');
  if (!match || !title || !description)
    return {
      ok: false,
      reason: 'bad-front-matter',
      message: `The text ${language}/${pageKey} must start with "---", a line "title: …", a line "description: …" and "---".`,
    };
  return { ok: true, text: { pageKey, language, title, description, body: (match[2] ?? '').trim() } };
}
