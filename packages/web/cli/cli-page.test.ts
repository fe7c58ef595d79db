import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { RegisterVerb } from './main.ts';

const folder = join(import.meta.dirname, 'verbs');
const program = new Command('undertone');
for (const file of await readdir(folder)) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
  const verb = (await import(join(folder, file))) as { register: RegisterVerb };
  verb.register(program);
}
const page = await readFile(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');

/** Verbs by their whole name, `skin fit` for one. */
function verbsBelow(command: Command, name = ''): (readonly [name: string, Command])[] {
  return command.commands.flatMap((one) => {
    const whole = `${name}${one.name()}`;
    return one.commands.length > 0 ? verbsBelow(one, `${whole} `) : [[whole, one] as const];
  });
}
const verbs = verbsBelow(program);
const sectionOf = (name: string): string | undefined =>
  page.split(/^## /m).find((part) => part.startsWith(`${name}\n`));
const flagsOf = (command: Command) => new Set(command.options.map(({ long }) => long));

describe('docs/cli.md', () => {
  it('names every verb', () => {
    expect(verbs.length).toBeGreaterThan(20);
    const isNamed = (name: string) => new RegExp(`^## ${name}$|\`${name}|undertone ${name}`, 'm').test(page);
    expect(verbs.map(([name]) => name).filter((name) => !isNamed(name))).toEqual([]);
  });

  it.each(['plan', 'skin fit', 'match', 'calibrate', 'region', 'outcome', 'dots', 'pigments derive'])(
    'lists exactly the flags of %s',
    (name) => {
      const command = verbs.find(([verb]) => verb === name)?.[1];
      if (!command) throw new Error(`no verb ${name}`);
      const listed = [...(sectionOf(name) ?? '').matchAll(/^\| `(--[a-z0-9-]+)` \|/gm)].map(
        ([, flag]) => flag,
      );
      expect(new Set(listed)).toEqual(flagsOf(command));
    },
  );

  it('has a section for no verb that is not there', () => {
    const sections = [...page.matchAll(/^## ([a-z][a-z ]*)$/gm)].map(([, name]) => name);
    expect(sections.length).toBeGreaterThan(5);
    for (const name of sections) expect(verbs.map(([verb]) => verb)).toContain(name);
  });

  it('names the format of every JSON object', () => {
    const said = verbs.flatMap(([, { options }]) => options.filter(({ long }) => long === '--json'));
    const formats = said.map(({ description }) => /format (undertone\/[a-z-]+)/.exec(description)?.[1]);
    expect(formats.length).toBeGreaterThan(15);
    expect(formats.filter((format) => !page.includes(`\`${format}\``))).toEqual([]);
  });
});
