/**
 * One key for the sound of a name, however it is spelt: रीता, রীতা, Rita, Reeta and Ritta fold to `rit`.
 *
 *   foldName('Sourav Gurung')   [{ word: 'sourav', key: 'surb', skeleton: 'srb' }, { word: 'gurung', … }]
 *
 * Devanagari and Bengali letters have the values of ISO 15919, written without diacritics in the Hunterian manner; both
 * blocks share one layout in Unicode (Bengali = Devanagari + 0x80), so one table serves both. The folding that follows
 * takes away what spelling habits of the region differ in: length of vowels, a against o (the Bengali inherent vowel),
 * unspoken a, aspiration, v / w / b, s / sh, j / z / initial y, f / ph, doubled letters, the nasal before a consonant.
 * It widens a search; it proves no identity.
 */

/** Raise it when the folding changes: stored names are then folded again. */
export const foldingVersion = 2;

export interface FoldedWord {
  /** The word as written: lower case, Latin accents taken off. */
  readonly word: string;
  /** Its sound, in Latin letters; empty for scripts this module does not read and for numbers. */
  readonly key: string;
  /** The key without inner vowels: a coarser likeness, for whole words. */
  readonly skeleton: string;
}

const wordsMost = 12;

/** The words of a name, each once, at most twelve. */
export function foldName(name: string): readonly FoldedWord[] {
  const words = normalWords(name).slice(0, wordsMost);
  return [...new Set(words)].map((word) => {
    const key = soundKey(word);
    return { word, key, skeleton: key.slice(0, 1) + key.slice(1).replaceAll(/[iu]/g, '') };
  });
}

/**
 * What was meant if two neighbouring letters were turned round, or one letter too many was typed: the likeness of
 * trigrams does not see that in a short word. Nothing for words of fewer than three letters or more than sixteen.
 */
export function slipsOf(word: string): readonly string[] {
  const letters = Array.from(word);
  if (letters.length < 3 || letters.length > 16) return [];
  const slips = new Set<string>();
  for (let at = 0; at < letters.length; at++) {
    const [before, after] = [letters.slice(0, at).join(''), letters.slice(at + 1)];
    if (at + 1 < letters.length)
      slips.add(`${before}${letters[at + 1]}${letters[at]}${after.slice(1).join('')}`);
    if (letters.length > 3) slips.add(before + after.join(''));
  }
  slips.delete(word);
  return [...slips];
}

/** Lower case, compatibility forms and Latin accents gone, digits of every script as 0–9, cut at spaces and points. */
function normalWords(text: string): string[] {
  return (
    asciiDigits(text)
      .normalize('NFKD')
      // Accents of Latin letters only: in Indian scripts the marks are the vowels.
      .replaceAll(/[\u0300-\u036f]/g, '')
      // Written in other than the usual order, or to shape a letter: nothing heard.
      .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
      .normalize('NFC')
      .toLowerCase()
      .split(/[\s.,;/·-]+/u)
      .filter((word) => word !== '')
  );
}

/** ०–९ and ০–৯ as 0–9. */
export function asciiDigits(text: string): string {
  return text.replaceAll(/[\u0966-\u096f\u09e6-\u09ef]/g, (digit) =>
    String(((digit.codePointAt(0) as number) & 0x7f) - 0x66),
  );
}

/** Consonants U+0915 (ka) to U+0939 (ha), in the order of the block. */
const consonants =
  'k kh g gh ng ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(' ');
/** Independent vowels U+0904 to U+0914. */
const vowels = 'a a aa i ii u uu ri l e e e ai o o o au'.split(' ');
/** Vowel signs U+093E to U+094C. */
const signs = 'aa i ii u uu ri ri e e e ai o o o au'.split(' ');
/** What the dot below (nukta) makes of a consonant. */
const dotted: Readonly<Record<string, string>> = { j: 'z', d: 'r', dh: 'rh', ph: 'f' };

const nukta = 0x93c;
const virama = 0x94d;
const ya = 0x92f;

/** Latin letters for a word in Devanagari or Bengali; other letters stay. */
export function romanised(word: string): string {
  const codes = Array.from(word.normalize('NFC'), (letter) => letter.codePointAt(0) as number);
  let latin = '';
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    const isBengali = code >= 0x980 && code <= 0x9ff;
    const letter = isBengali ? bengaliAsDevanagari(code) : code;
    const consonant = consonants[letter - 0x915];
    if (consonant !== undefined) {
      const isDotted = unified(codes[at + 1]) === nukta;
      // Plain Bengali য is spoken j; below another consonant, or dotted, it is a glide.
      const isJ = isBengali && letter === ya && !isDotted && unified(codes[at - 1]) !== virama;
      latin += isJ ? 'j' : isDotted ? (dotted[consonant] ?? consonant) : consonant;
      if (isDotted) at++;
      const next = unified(codes[at + 1]);
      const hasSign = next !== undefined && next >= 0x93e && next <= virama;
      if (!hasSign && code !== 0x9ce) latin += 'a';
    } else if (letter >= 0x93e && letter <= 0x94c) latin += signs[letter - 0x93e] as string;
    else if (letter >= 0x904 && letter <= 0x914) latin += vowels[letter - 0x904] as string;
    else if (letter === 0x901 || letter === 0x902) latin += 'n';
    else if (letter === 0x950) latin += 'om';
    else if (letter < 0x900 || letter > 0x97f) latin += String.fromCodePoint(code);
  }
  return latin;
}

function bengaliAsDevanagari(code: number): number {
  if (code === 0x9ce) return 0x924; // khanda ta
  if (code === 0x9f0) return 0x930; // Assamese ra
  if (code === 0x9f1) return 0x935; // Assamese va
  return code - 0x80;
}

function unified(code: number | undefined): number | undefined {
  return code !== undefined && code >= 0x980 && code <= 0x9ff ? bengaliAsDevanagari(code) : code;
}

/** In this order. Upper-case C stands for the sound of ch, so that it is not met by the rules for c. */
const folds: readonly (readonly [RegExp, string])[] = [
  [/tsh|tch|ts|chh|ch/g, 'C'],
  [/x|ksh|kkh/g, 'ks'],
  [/dny|jn|gny/g, 'gy'],
  [/sch|sh/g, 's'],
  [/ph|f/g, 'p'],
  [/ck|q|c/g, 'k'],
  [/z/g, 'j'],
  [/oo/g, 'u'],
  [/([ao])w(?![aeiouy])/g, '$1u'],
  [/[vw]/g, 'b'],
  [/^y(?=[aeiou])/g, 'j'],
  [/ng+/g, 'n'],
  [/([bcdgjklmnprstC])h/g, '$1'],
  [/h$/g, ''],
  [/[nm]+(?=[pbm])/g, 'm'],
  [/([a-zC])\1+/g, '$1'],
  [/[aeiouy]*[iey][aeiouy]*/g, 'i'],
  [/[aou]*u[aou]*/g, 'u'],
  [/(?!^)[ao]+/g, ''],
  [/^[ao]+/g, 'a'],
  [/C/g, 'c'],
];

/** The key of one word; empty when there is no letter in it that is read here. */
export function soundKey(word: string): string {
  const latin = romanised(word)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  if (/[^\p{Script=Latin}'’`]/u.test(latin)) return '';
  return folds.reduce((text, [from, to]) => text.replace(from, to), latin.replaceAll(/[^a-z]/g, ''));
}
