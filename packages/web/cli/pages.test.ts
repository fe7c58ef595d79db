/*
 * README, CONTRIBUTING, CHANGELOG and docs name files, verbs, options, settings and identifiers. What a page names is there
 * as it is named: a reader who types it finds it. operations-page.test.ts runs the commands of docs/operations.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { programFolder } from '@undertone/clinic/platform/config.ts';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { RegisterVerb } from './main.ts';

const root = programFolder();

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'build', '.react-router'].includes(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const files = ['packages', 'e2e', 'tools', 'docs', '.ci'].flatMap(filesBelow);
const source = files
  .filter((path) => /\.(ts|tsx|js|cjs|css|assembly)$/.test(path) && !path.endsWith('cli/pages.test.ts'))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

interface Page {
  readonly path: string;
  readonly text: string;
  /** What stands between back ticks, outside blocks of code. */
  readonly ticked: readonly string[];
}

const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...files.filter((path) => path.startsWith('docs/') && path.endsWith('.md')),
].map((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  return { path, text, ticked: [...prose.matchAll(/`([^`\n]+)`/g)].map((found) => found[1] ?? '') };
});

/** Every page's misses as `page: what`, so that one run shows them all. */
const misses = (of: (page: Page) => readonly string[]) =>
  pages.flatMap((page) => of(page).map((what) => `${page.path}: ${what}`));

/** As a heading becomes an address on the pages of a repository. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

/** Names of other programs' and models' parts. */
const ofOthers = new Set(['archive_command', 'face_landmark']);

interface Verb {
  /** For instance `skin fit`. */
  readonly name: string;
  readonly options: ReadonlySet<string>;
}

async function readVerbs(): Promise<readonly Verb[]> {
  const program = new Command('undertone');
  const folder = join(root, 'packages/web/cli/verbs');
  for (const file of readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name))) {
    const verb = (await import(join(folder, file))) as { register: RegisterVerb };
    verb.register(program);
  }
  const walk = (command: Command, before: string): Verb[] =>
    command.commands.flatMap((one) => {
      const name = `${before}${one.name()}`;
      const options = new Set(one.options.flatMap(({ long, short }) => [long ?? '', short ?? '']));
      return [{ name, options: options.add('--help') }, ...walk(one, `${name} `)];
    });
  return walk(program, '');
}

describe('the pages', () => {
  it('are there', () => {
    expect(pages.length).toBeGreaterThan(40);
    expect(source.length).toBeGreaterThan(1_000_000);
  });

  it('link only to what exists, headings included', () => {
    const broken = misses(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map((found) => found[1] ?? '')
        .filter((to) => !/^(https?|mailto):/.test(to))
        .filter((to) => {
          const [file = '', anchor] = to.split('#');
          const target = file === '' ? path : relative(root, join(root, dirname(path), file));
          if (!existsSync(join(root, target))) return true;
          if (anchor === undefined) return false;
          const headings = readFileSync(join(root, target), 'utf8').matchAll(/^#+ +(.+)$/gm);
          return ![...headings].some((found) => anchorOf(found[1] ?? '') === anchor);
        }),
    );
    expect(broken).toEqual([]);
  });

  it('name only files that are here', () => {
    const here = new Set(files);
    const isHere = (named: string) =>
      here.has(named) || files.some((path) => path.endsWith(`/${named}`)) || existsSync(join(root, named));
    const missing = misses(({ ticked }) =>
      ticked
        .flatMap((text) => text.split(/[\s,]+/))
        .map((word) => word.replace(/^@undertone\//, 'packages/').replace(/[:#]\d*$/, ''))
        .filter((word) => /^[\w./-]*[\w-]\.(ts|tsx|cjs|css|md)$/.test(word))
        .filter((word) => !isHere(word)),
    );
    expect(missing).toEqual([]);
  });

  it('name only verbs of npm and benches that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const benches = new Set(
      files
        .filter((path) => /^packages\/(engine|clinic)\/bench\/[\w-]+\.ts$/.test(path))
        .flatMap((path) => [
          ...readFileSync(join(root, path), 'utf8').matchAll(/^export const name = '([\w-]+)'/gm),
        ])
        .map((found) => found[1]),
    );
    expect(benches.size).toBeGreaterThan(10);
    const missing = misses(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w-]+)(?: -- ([a-z][\w-]*))?/g)]
        .filter(
          ([, name = '', bench]) =>
            scripts[name] === undefined || (name === 'bench' && bench !== undefined && !benches.has(bench)),
        )
        .map(([all]) => all),
    );
    expect(missing).toEqual([]);
  });

  it('name only verbs and options that the program has', async () => {
    const verbs = await readVerbs();
    const missing = misses(({ text }) =>
      [...text.matchAll(/(?:^|[`\s])undertone ([a-z][\w-]*[^`\n|]*)/gm)].flatMap((found) => {
        const said = found[1] ?? '';
        const words = said.split(/\s+/);
        const isCommand = found[0].startsWith('`') || /--[a-z]/.test(said);
        const verb = [words.slice(0, 2).join(' '), words[0] ?? ''].flatMap(
          (name) => verbs.find((one) => one.name === name) ?? [],
        )[0];
        if (verb === undefined) return isCommand ? [said] : [];
        const options = words.filter((word) => /^--[a-z][\w-]*$/.test(word));
        return options
          .filter((option) => !verb.options.has(option))
          .map((option) => `${verb.name} ${option}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it('name only settings that something reads', () => {
    const missing = misses(({ text }) =>
      [...text.matchAll(/\bUNDERTONE_[A-Z0-9_]+\b/g)]
        .map(([name]) => name)
        .filter((name) => !source.includes(name)),
    );
    expect(missing).toEqual([]);
  });

  it('name only tables, columns and functions that occur in the program', () => {
    const missing = misses(({ ticked }) =>
      ticked
        .flatMap(
          (text) => /^([a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+)(?:\(|\.|$)/.exec(text)?.[1] ?? [],
        )
        .filter((name) => !ofOthers.has(name) && !new RegExp(`\\b${name}\\b`).test(source)),
    );
    expect(missing).toEqual([]);
  });

  it('name no folder of anybody’s own machine', () => {
    expect(misses(({ text }) => text.match(/(?<![\w.])\/(home|Users|root|work)\/[\w.-]+/g) ?? [])).toEqual(
      [],
    );
  });
});
