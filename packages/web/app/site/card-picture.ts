import type { PageKey } from '@undertone/clinic/visitor/schema.ts';
import { stipplePaths, type ToneName, tones } from '../ui/stipple.ts';
import type { StepKey } from './words.ts';

/** Pages with a picture of their own: texts, and the steps a visitor takes. */
export type CardKey = PageKey | StepKey;

const toneOf: Readonly<Partial<Record<CardKey, ToneName>>> = {
  scalp: 'hairline',
  lip: 'mouth',
  vitiligo: 'patch',
};

/** The emblem, as in `ui/mark.tsx`. */
const emblem = `<path d="M12.2 1.5a10.5 10.5 0 1 0 0 21z" fill="#191919"/>
<g fill="none" stroke="#191919" stroke-linecap="round">
<path stroke-width="2.3" d="M14.4 4h0M14.4 8h0M14.4 12h0M14.4 16h0M14.4 20h0"/>
<path stroke-width="1.9" d="M17.4 6h0M17.4 10h0M17.4 14h0M17.4 18h0"/>
<path stroke-width="1.5" d="M20 8.2h0M20 12h0M20 15.8h0"/>
<path stroke-width="1.1" d="M22 10.2h0M22 13.8h0"/></g>`;

/** What stands under the words of a page's link preview: a ramp of dots, or the dots of the page's treatment. */
export function cardPicture(pageKey: CardKey): string {
  const tone = toneOf[pageKey];
  const [columns, rows, px] = tone ? [28, 15, 13] : [100, 15, 12];
  const [x, y] = tone ? [1200 - 72 - columns * px, 630 - 30 - rows * px] : [0, 630 - rows * px];
  const dots = stipplePaths({ columns, rows, tone: tones[tone ?? 'ramp'], seed: 7 })
    .map(({ diameter, d }) => `<path stroke-width="${diameter}" d="${d}"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">
<rect width="1200" height="630" fill="#ffffff"/>
<g transform="translate(${x} ${y}) scale(${px})" fill="none" stroke="#191919" stroke-linecap="round">${dots}</g>
<g transform="translate(72 64) scale(1.75)">${emblem}</g>
</svg>`;
}
