import { describe, expect, it } from 'vitest';
import { samplePaints } from '../match/index.ts';
import { createPicture } from '../photo/index.ts';
import type { Dots } from './dots.ts';
import { makePlan } from './make-plan.ts';
import { dotsSvg } from './map-svg.ts';

describe('a map of very many dots', () => {
  it('is drawn, every one of them', () => {
    const count = 300_000;
    const dots = {
      count,
      xMm: Float32Array.from({ length: count }, (_, n) => n % 1000),
      yMm: Float32Array.from({ length: count }, (_, n) => Math.floor(n / 1000)),
      tone: new Uint8Array(count),
      stage: new Uint8Array(count),
    } as unknown as Dots;
    const svg = dotsSvg(dots, { dotMm: 0.1, toneColours: ['#000000'], title: 'Dots' });
    expect(svg.split('<circle').length - 1).toBe(count);
  });

  it('is refused where nobody could set so many, before a colour is searched for it', async () => {
    const [widthPx, heightPx] = [100, 100];
    const alpha = new Uint8Array(widthPx * heightPx).fill(255, 2000, 8000);
    const outcome = await makePlan({
      treatment: 'vitiligo',
      photo: { picture: createPicture(widthPx, heightPx), sha256: '0'.repeat(64) },
      region: { mask: { widthPx, heightPx, alpha }, source: 'mask' },
      scale: { mmPerPx: 10, relativeSd: 0.02, from: 'test' },
      pigments: samplePaints,
      seed: 1,
    });
    expect(outcome).toMatchObject({ ok: false, reason: 'too-many-dots', field: 'scale' });
  });
});
