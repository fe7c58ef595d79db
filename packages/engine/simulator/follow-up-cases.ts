import { skinReflectance } from '../photo/tables/skins.ts';
import { simulatedCameras } from './camera.ts';
import { heldSo, type Shot, type SimulatedFollowUp, sceneSide, simulateFollowUp } from './follow-up.ts';
import { seededRandom } from './random.ts';

/** Lights a clinic may have: daylight, two LEDs near it, and warm lamps. */
const clinicLights = ['D65', 'D50', 'LED-B3', 'LED-B4', 'A'] as const;

export interface FollowUpCase extends SimulatedFollowUp {
  readonly taken: number;
  readonly detail01: number;
}

/**
 * Two visits of one patient drawn by chance: skin, patch, how well it took, cameras, lights, exposure (half a stop either
 * way), white balance (8 %), shading, sizes 500 to 900 px, and how the camera is held: 0.7 to 1.4 times the size, turned
 * up to 30°, tilted, shifted.
 */
export function followUpCase(
  seed: number,
  options: { readonly taken?: readonly [number, number]; readonly detail01?: readonly [number, number] } = {},
): FollowUpCase {
  const random = seededRandom(seed);
  const shot = (isFirst: boolean): Shot => {
    const widthPx = Math.round(random.between(500, 900));
    const heightPx = Math.round(widthPx * random.between(0.7, 0.85));
    const fit = 1.25 * Math.min(widthPx / sceneSide.widthPx, heightPx / sceneSide.heightPx);
    const around = (share: number) => (isFirst ? 0 : random.between(-share, share));
    return {
      camera: random.pick(simulatedCameras),
      light: random.pick(clinicLights),
      exposureStops: random.between(-0.2, 0.7),
      balanceLn: [0.08 * random.normal(), 0.08 * random.normal()],
      shadingLn: random.between(0, 0.5),
      shadingFrom: random.between(0, 2 * Math.PI),
      noiseLevels: random.between(0.5, 2.5),
      widthPx,
      heightPx,
      toPicture: heldSo(
        { widthPx, heightPx },
        {
          scale: isFirst ? fit : fit * random.between(0.7, 1.4),
          turnDegrees: around(30),
          tilt: [around(0.15), around(0.15)],
          shift: { x: around(0.08) * widthPx, y: around(0.08) * heightPx },
        },
      ),
    };
  };
  const taken = random.between(...(options.taken ?? [0.6, 1.1]));
  const detail01 = random.between(...(options.detail01 ?? [0, 1]));
  const scene = {
    skin: random.pick(skinReflectance),
    strength: random.between(0.25, 0.9),
    taken,
    tintLn: [0.03 * random.normal(), 0.03 * random.normal(), 0.03 * random.normal()] as const,
    coverage01: random.between(0.4, 1),
    detail01,
    changedHairs: Math.round(random.between(0, 60)),
    random,
  };
  return { ...simulateFollowUp(scene, shot(true), shot(false)), taken, detail01 };
}
