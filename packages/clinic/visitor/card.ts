import type { Typesetter } from '../platform/pdf.ts';
import { cardPx } from './card-size.ts';
import type { Language } from './schema.ts';

export interface Card {
  readonly title: string;
  readonly clinicName: string;
  readonly language: Language;
  /** The dots under the words: an SVG of {@link cardPx}, without text. */
  readonly pictureSvg: string;
}

/** Words only: the data is read, never part of the source. Sizes are pixels of the picture, one pt each. */
const template = `
#let card = json("/card.json")
#set page(width: 1200pt, height: 630pt, margin: (x: 72pt, y: 64pt), fill: none)
#set text(font: ("Anek Devanagari", "Anek Bangla"), fill: rgb("#191919"), lang: card.language)
#set par(leading: 0.5em)
#place(top + left, dx: 56pt, dy: 6pt, text(size: 30pt, card.clinicName))
#let title(size) = block(width: 1040pt, text(size: size, weight: 600, card.title))
#place(top + left, dy: 88pt, context {
  let fits = (84pt, 72pt, 62pt, 52pt, 44pt).find(size => measure(title(size)).height <= 230pt)
  title(if fits == none { 38pt } else { fits })
})
`;

/** Draws the picture of a page for link previews. @returns a PNG of {@link cardPx}. */
export async function cardPng(typesetter: Typesetter, { pictureSvg, ...words }: Card): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const letters = await typesetter.svg(template, {
    '/card.json': new TextEncoder().encode(JSON.stringify(words)),
  });
  const { width, height } = cardPx;
  const layer = await sharp(Buffer.from(letters)).resize(width, height, { fit: 'fill' }).png().toBuffer();
  return sharp(Buffer.from(pictureSvg))
    .resize(width, height, { fit: 'fill' })
    .composite([{ input: layer }])
    .png({ palette: true })
    .toBuffer();
}
