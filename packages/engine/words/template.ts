/** Languages a sentence can be said in. English is what the engine itself writes. */
export const tongues = ['en', 'hi', 'bn', 'ne'] as const;
export type Tongue = (typeof tongues)[number];

/**
 * One thing the engine says, in every language. Values stand in braces; the English form says of what kind they are:
 * `{name}` any text, `{field:word}` one without spaces, `{width:n}` a number as the engine prints it, `{state:said}` another entry of the catalogue,
 * `{changes:list}` and `{states:series}` several of those between `, ` or `; `, `{from:either}` an entry if it is one
 * and else any text. Translations hold the same names without the kind.
 */
export type Saying = Readonly<Record<Tongue, string>>;

/** An entry with some of its languages: what a page needs, which speaks one. */
export type SomeSaying = Pick<Saying, 'en'> & Partial<Saying>;

export type ValueKind = 'text' | 'word' | 'n' | 'said' | 'list' | 'series' | 'either';

const placeholder = /\{(\w+)(?::(word|n|said|list|series|either))?\}/g;

/** Separators of the values that hold several entries. */
export const separators = { list: ', ', series: '; ' } as const;

const kindSources: Readonly<Record<string, string>> = {
  n: String.raw`[+−-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity|NaN)`,
  word: String.raw`\S+?`,
};
const anything = String.raw`[\s\S]*?`;

/** Values of a template, in its order. */
export function valuesOf(template: string): readonly { readonly name: string; readonly kind: ValueKind }[] {
  return [...template.matchAll(placeholder)].map(([, name = '', kind = 'text']) => ({
    name,
    kind: kind as ValueKind,
  }));
}

/** Whole-text pattern of an English template; its groups are the values in order. */
export function patternOf(template: string): RegExp {
  let source = '';
  let end = 0;
  for (const found of template.matchAll(placeholder)) {
    source += escaped(template.slice(end, found.index));
    source += `(${kindSources[found[2] ?? ''] ?? anything})`;
    end = found.index + found[0].length;
  }
  return new RegExp(`^${source}${escaped(template.slice(end))}$`);
}

/** A template with its values put in. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(placeholder, (_, name: string) => values[name] ?? '');
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
