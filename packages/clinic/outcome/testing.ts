import { samplePaints } from '@undertone/engine/match/index.ts';
import { createPicture } from '@undertone/engine/photo/index.ts';
import { makePlan, type PlanDocument } from '@undertone/engine/plan/index.ts';

/** A real plan of a pale patch on light skin, with typed readings, for tests. */
export async function patchPlan(): Promise<PlanDocument> {
  const [widthPx, heightPx] = [200, 160];
  const picture = createPicture(widthPx, heightPx);
  const alpha = new Uint8Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++) {
      const isPatch = Math.hypot(x - 100, y - 80) < 34;
      alpha[p] = isPatch ? 255 : 0;
      const grain = ((x * 7 + y * 13) % 5) - 2;
      (isPatch ? [222, 190, 172] : [198, 152, 122]).forEach((v, c) => {
        picture.rgba[4 * p + c] = v + grain;
      });
    }
  }
  const reading = (L: number, a: number, b: number) => ({
    kind: 'lab' as const,
    instrument: 'contact-colorimeter' as const,
    lab: { white: 'D65/10' as const, L, a, b },
  });
  const plan = await makePlan({
    treatment: 'vitiligo',
    photo: { picture, sha256: '0'.repeat(64), name: 'patch.png' },
    region: { mask: { widthPx, heightPx, alpha }, source: 'mask' },
    scale: { mmPerPx: 0.3, relativeSd: 0.02, from: 'test' },
    readings: { patch: reading(72, 8, 14), surround: reading(62, 11, 18) },
    pigments: samplePaints,
    seed: 1,
  });
  if (!plan.ok) throw new Error(plan.message);
  return plan.document;
}
