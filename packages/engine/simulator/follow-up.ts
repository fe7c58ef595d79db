import { colorimeter, deltaE00, labFromXyz, linearRgbFromXyz, whitePoint, xyzUnder } from '../light/index.ts';
import { type Homography, project, solveLinear } from '../photo/homography.ts';
import { linearTable, linearToSrgb } from '../photo/linear.ts';
import type { Mask, Picture, Point } from '../photo/picture.ts';
import { colorChecker24Reflectance } from '../photo/tables/colorchecker24.ts';
import { balancedRgb, lightOn10nm } from './camera.ts';
import { fractalNoise, type Random } from './random.ts';

/** A patch of skin before treatment and healed, photographed twice, with everything known. */
export interface SimulatedFollowUp {
  readonly before: Picture;
  readonly after: Picture;
  /** The region on the grid of `before`. */
  readonly mask: Mask;
  /** From points of `before` to points of `after`. */
  readonly toAfter: Homography;
  /** CIEDE2000 (D65, 2°) of the region against the skin around, from the spectra; after: where it took. */
  readonly deltaE00: { readonly before: number; readonly after: number };
  /** Share of the region where pigment took, 0..1. */
  readonly coverage01: number;
  /** True colours as linear sRGB, D65. */
  readonly linear: { readonly surround: Rgb; readonly patch: Rgb; readonly healed: Rgb };
}

type Rgb = readonly [number, number, number];

export interface Shot {
  readonly camera: string;
  readonly light: Parameters<typeof lightOn10nm>[0];
  readonly exposureStops: number;
  /** Error of the white balance, ln of red and blue over green. */
  readonly balanceLn: readonly [number, number];
  /** How much the light falls off across the frame, ln, and from where, radians. */
  readonly shadingLn: number;
  readonly shadingFrom: number;
  /** Deviation of noise at mid grey, encoded levels. */
  readonly noiseLevels: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** From points of the scene to points of the picture. */
  readonly toPicture: Homography;
}

export interface FollowUpScene {
  /** Reflectance of the skin around, 0..1, 400 to 700 nm every 10 nm. */
  readonly skin: readonly number[];
  /** ln of the loss of melanin in green. */
  readonly strength: number;
  /** Share of the way from the patch to the skin that healed pigment brings its colour, and ln of a tint besides. */
  readonly taken: number;
  readonly tintLn: readonly [number, number, number];
  /** Share of the region where pigment took at all. */
  readonly coverage01: number;
  /** 0 a smooth forearm, 1 freckles, lines and hairs. */
  readonly detail01: number;
  /** Hairs that are in one picture and not in the other. */
  readonly changedHairs: number;
  readonly random: Random;
}

/** Side of the scene both pictures are taken of. */
export const sceneSide = { widthPx: 1500, heightPx: 1200 } as const;

/** Renders the scene twice: with the bare patch, and healed. */
export function simulateFollowUp(scene: FollowUpScene, first: Shot, second: Shot): SimulatedFollowUp {
  const { widthPx: w, heightPx: h } = sceneSide;
  const { random, skin } = scene;
  const strength = Math.min(scene.strength, melaninHeld(skin));
  const patch = skin.map((r, k) => Math.min(0.9, r * Math.exp(strength * melanin(400 + 10 * k))));
  const healed = skin.map((r, k) => {
    const nm = 400 + 10 * k;
    const [red, green, blue] = scene.tintLn;
    const tint = red * bell(nm, 620, 60) + green * bell(nm, 545, 45) + blue * bell(nm, 460, 45);
    return Math.min(0.9, patch[k] * (r / patch[k]) ** scene.taken * Math.exp(tint));
  });
  const region = blob(random);
  const took = tookOf(region, scene.coverage01, random);
  const texture = textureOf(scene, w, h);
  const share = (of: Float32Array) => of.reduce((sum, v) => sum + v, 0);
  const coverage01 = share(took.map((v, p) => v * region[p])) / share(region);

  const cover = { before: region, after: region };
  const states = {
    before: new Float32Array(region.length),
    after: took.map((v, p) => v * region[p]),
  };
  const hairs = {
    before: hairPlane(scene.changedHairs, random),
    after: hairPlane(scene.changedHairs, random),
  };
  const render = (which: 'before' | 'after', shot: Shot): Picture => {
    const [s, p, q] = [skin, patch, healed].map((spectrum) => seenBy(shot, spectrum));
    const field = [0, 1, 2].map((c) => {
      const out = new Float32Array(w * h);
      const [ls, lp, lq] = [Math.log(s[c]), Math.log(p[c]), Math.log(q[c])];
      for (let i = 0; i < out.length; i++) {
        const bare = cover[which][i] - states[which][i];
        out[i] =
          ls +
          bare * (lp - ls) +
          states[which][i] * (lq - ls) +
          texture[c][i] * (1 - 0.75 * bare * texture[3][i]) -
          hairs[which][i];
      }
      return out;
    });
    return photographed(field, shot, random);
  };
  const before = render('before', first);
  const after = render('after', second);
  const back = inverse(first.toPicture);
  const alpha = new Uint8Array(first.widthPx * first.heightPx);
  for (let y = 0, i = 0; y < first.heightPx; y++) {
    for (let x = 0; x < first.widthPx; x++, i++) {
      const { x: sx, y: sy } = project(back, { x: x + 0.5, y: y + 0.5 });
      alpha[i] = Math.round(255 * sampled(region, w, h, sx, sy, 0));
    }
  }
  const meter = colorimeter('D65/2', { startNm: 400, stepNm: 10, count: 31 });
  const lab = (spectrum: readonly number[]) =>
    labFromXyz(xyzUnder(meter, spectrum), whitePoint('D65/2'), 'D65/2');
  const rgb = (spectrum: readonly number[]) => linearRgbFromXyz(xyzUnder(meter, spectrum)) as Rgb;
  return {
    before,
    after,
    mask: { widthPx: first.widthPx, heightPx: first.heightPx, alpha },
    toAfter: times(second.toPicture, back),
    deltaE00: { before: deltaE00(lab(patch), lab(skin)), after: deltaE00(lab(healed), lab(skin)) },
    coverage01,
    linear: { surround: rgb(skin), patch: rgb(patch), healed: rgb(healed) },
  };
}

/** The most melanin a skin can lose: without any it reflects hardly more at 460 nm than at 550 nm. */
function melaninHeld(skin: readonly number[]): number {
  return (Math.log(skin[15] / skin[6]) + 0.08) / (melanin(460) - melanin(550));
}

/** Shape of the absorbance of melanin, 1 at 545 nm (S. L. Jacques 1998: wavelength to the power -3.33). */
const melanin = (nm: number) => (nm / 545) ** -3.33;
const bell = (nm: number, centre: number, width: number) => Math.exp(-0.5 * ((nm - centre) / width) ** 2);

/** What the camera's own daylight matrix and the sRGB encoding make of a spectrum: a picture out of the camera, linear. */
function seenBy(shot: Shot, spectrum: readonly number[]): [number, number, number] {
  const matrix = daylightMatrix(shot.camera);
  const raw = balancedRgb(shot.camera, lightOn10nm(shot.light), spectrum, 1);
  raw[0] *= Math.exp(shot.balanceLn[0]);
  raw[2] *= Math.exp(shot.balanceLn[1]);
  const gain = 2 ** shot.exposureStops;
  return matrix.map((row) =>
    Math.max(0.002, gain * (row[0] * raw[0] + row[1] * raw[1] + row[2] * raw[2])),
  ) as [number, number, number];
}

/** Balanced camera values to linear sRGB by least squares over the 24 patches under D65, as makers do. */
function daylightMatrix(camera: string): number[][] {
  const light = lightOn10nm('D65');
  const meter = colorimeter('D65/2', { startNm: 400, stepNm: 10, count: 31 });
  const rows = colorChecker24Reflectance.map((spectrum) => balancedRgb(camera, light, spectrum, 1));
  const wanted = colorChecker24Reflectance.map((spectrum) => linearRgbFromXyz(xyzUnder(meter, spectrum)));
  return [0, 1, 2].map((c) => {
    const normal = [0, 1, 2].map((i) => [0, 1, 2].map((j) => rows.reduce((sum, r) => sum + r[i] * r[j], 0)));
    const right = [0, 1, 2].map((i) => rows.reduce((sum, r, k) => sum + r[i] * wanted[k][c], 0));
    return solveLinear(normal, right) ?? [0, 0, 0];
  });
}

/** An irregular region about the middle of the scene, soft over about 3 px. */
function blob(random: Random): Float32Array {
  const { widthPx: w, heightPx: h } = sceneSide;
  const out = new Float32Array(w * h);
  const radius = random.between(110, 190);
  const noise = fractalNoise(w, h, radius * random.between(0.5, 0.9), 4, 0.5, random);
  const rough = random.between(0.1, 0.3);
  const stretch = random.between(0.75, 1.3);
  for (let y = 0, p = 0; y < h; y++) {
    for (let x = 0; x < w; x++, p++) {
      const d = Math.hypot((x - w / 2) / stretch, (y - h / 2) * stretch);
      out[p] = Math.min(1, Math.max(0, 0.5 + (radius * (1 + rough * noise[p]) - d) / 6));
    }
  }
  return out;
}

/** Where pigment took: islands of the share asked for. */
function tookOf(region: Float32Array, share01: number, random: Random): Float32Array {
  const { widthPx: w, heightPx: h } = sceneSide;
  const noise = fractalNoise(w, h, 110, 2, 0.4, random);
  const inside = noise.filter((_, p) => region[p] > 0.5).sort((a, b) => b - a);
  const cut =
    share01 >= 1
      ? -1e9
      : share01 <= 0
        ? 1e9
        : inside[Math.min(inside.length - 1, Math.floor(share01 * inside.length))];
  return noise.map((v) => Math.min(1, Math.max(0, 0.5 + (v - cut) * 6)));
}

/** ln of light: pores and lines alike in all channels, freckles along melanin; the fourth plane marks the freckles. */
function textureOf({ detail01, random }: FollowUpScene, w: number, h: number): Float32Array[] {
  const pores = fractalNoise(w, h, 9, 3, 0.8, random);
  const broad = fractalNoise(w, h, 160, 3, 0.5, random);
  const freckles = new Float32Array(w * h);
  const count = Math.round(12 + 130 * detail01 * random.between(0.5, 1));
  for (let k = 0; k < count; k++) {
    const size = random.between(2.5, 7) * (random.uniform() < 0.05 ? 2.5 : 1);
    spot(
      freckles,
      w,
      h,
      random.between(0, w),
      random.between(0, h),
      size,
      random.between(0.1, 0.45) * (0.4 + 0.6 * detail01),
    );
  }
  const lines = hairPlane(Math.round(90 * detail01), random);
  const scale = 0.02 + 0.03 * detail01;
  const axis = [0.73, 1, 1.5];
  const planes = axis.map((a) => {
    const out = new Float32Array(w * h);
    for (let p = 0; p < out.length; p++)
      out[p] = scale * pores[p] + 0.025 * broad[p] * a - freckles[p] * a - 0.35 * lines[p];
    return out;
  });
  return [...planes, freckles.map((v) => (v > 0.02 ? 1 : 0))];
}

function spot(
  plane: Float32Array,
  w: number,
  h: number,
  cx: number,
  cy: number,
  size: number,
  depth: number,
): void {
  const reach = Math.ceil(3 * size);
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(h, cy + reach); y++)
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(w, cx + reach); x++)
      plane[y * w + x] += depth * Math.exp(-0.5 * (((x - cx) ** 2 + (y - cy) ** 2) / (size * size)) ** 2);
}

/** Short curved strokes, ln of light lost. */
function hairPlane(count: number, random: Random): Float32Array {
  const { widthPx: w, heightPx: h } = sceneSide;
  const out = new Float32Array(w * h);
  const direction = random.between(0, Math.PI);
  for (let k = 0; k < count; k++) {
    let [x, y] = [random.between(0, w), random.between(0, h)];
    let angle = direction + 0.5 * random.normal();
    const bend = 0.02 * random.normal();
    const steps = random.between(25, 90);
    for (let i = 0; i < steps; i++) {
      x += Math.cos(angle);
      y += Math.sin(angle);
      angle += bend;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [px, py] = [Math.floor(x) + dx, Math.floor(y) + dy];
          if (px < 0 || py < 0 || px >= w || py >= h) continue;
          const p = py * w + px;
          out[p] = Math.max(out[p], 0.9 * Math.exp(-((px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2) / 1.2));
        }
      }
    }
  }
  return out;
}

/** Samples the scene through the camera: four rays a pixel, light that falls off, noise, encoding. */
function photographed(field: readonly Float32Array[], shot: Shot, random: Random): Picture {
  const { widthPx, heightPx } = shot;
  const { widthPx: w, heightPx: h } = sceneSide;
  const back = inverse(shot.toPicture);
  const rgba = new Uint8ClampedArray(widthPx * heightPx * 4);
  const rays = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ];
  const [cx, cy] = [widthPx / 2, heightPx / 2];
  const reach = Math.hypot(cx, cy);
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i += 4) {
      const sum = [0, 0, 0];
      for (const [dx, dy] of rays) {
        const { x: sx, y: sy } = project(back, { x: x + dx, y: y + dy });
        for (let c = 0; c < 3; c++) sum[c] += Math.exp(sampled(field[c], w, h, sx, sy, -6)) / 4;
      }
      const along = ((x - cx) * Math.cos(shot.shadingFrom) + (y - cy) * Math.sin(shot.shadingFrom)) / reach;
      const shade = Math.exp(shot.shadingLn * (along - 0.3 * along * along));
      for (let c = 0; c < 3; c++)
        rgba[i + c] = 255 * linearToSrgb(sum[c] * shade) + shot.noiseLevels * random.normal();
      rgba[i + 3] = 255;
    }
  }
  return { widthPx, heightPx, rgba };
}

function sampled(plane: Float32Array, w: number, h: number, x: number, y: number, outside: number): number {
  const [sx, sy] = [x - 0.5, y - 0.5];
  const [ix, iy] = [Math.floor(sx), Math.floor(sy)];
  if (!(ix >= 0 && iy >= 0 && ix < w - 1 && iy < h - 1)) return outside;
  const [tx, ty] = [sx - ix, sy - iy];
  const p = iy * w + ix;
  const top = plane[p] + (plane[p + 1] - plane[p]) * tx;
  const low = plane[p + w] + (plane[p + w + 1] - plane[p + w]) * tx;
  return top + (low - top) * ty;
}

/** A camera held so: the scene's middle at the picture's, turned, nearer or farther, tilted (both ways, 0.2 is much). */
export function heldSo(
  size: { readonly widthPx: number; readonly heightPx: number },
  view: { scale: number; turnDegrees: number; tilt: readonly [number, number]; shift: Point },
): Homography {
  const c = view.scale * Math.cos((view.turnDegrees * Math.PI) / 180);
  const s = view.scale * Math.sin((view.turnDegrees * Math.PI) / 180);
  const unit = 1 / sceneSide.widthPx;
  const turn: Homography = [c, -s, 0, s, c, 0, view.tilt[0] * unit, view.tilt[1] * unit, 1];
  const fromMiddle: Homography = [1, 0, -sceneSide.widthPx / 2, 0, 1, -sceneSide.heightPx / 2, 0, 0, 1];
  const toMiddle: Homography = [
    1,
    0,
    size.widthPx / 2 + view.shift.x,
    0,
    1,
    size.heightPx / 2 + view.shift.y,
    0,
    0,
    1,
  ];
  return times(toMiddle, times(turn, fromMiddle));
}

function times(a: Homography, b: Homography): Homography {
  const m = [0, 1, 2].flatMap((r) =>
    [0, 1, 2].map((c) => [0, 1, 2].reduce((sum, k) => sum + a[3 * r + k] * b[3 * k + c], 0)),
  );
  return m.map((v) => v / m[8]);
}

function inverse([a, b, c, d, e, f, g, i, j]: Homography): Homography {
  const m = [
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  ];
  return m.map((v) => v / m[8]);
}

/** A photograph seen again by another camera: warped, exposed and balanced otherwise, noisy. Truth is the warp. */
export function photographedAgain(
  picture: Picture,
  size: { readonly widthPx: number; readonly heightPx: number },
  toAgain: Homography,
  light: { gain: readonly [number, number, number]; shadingLn: number; noiseLevels: number; random: Random },
): Picture {
  const back = inverse(toAgain);
  const table = linearTable();
  const { widthPx: w, heightPx: h, rgba: source } = picture;
  const rgba = new Uint8ClampedArray(size.widthPx * size.heightPx * 4);
  for (let y = 0, i = 0; y < size.heightPx; y++) {
    for (let x = 0; x < size.widthPx; x++, i += 4) {
      const sum = [0, 0, 0];
      for (const [dx, dy] of [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.25, 0.75],
        [0.75, 0.75],
      ]) {
        const p = project(back, { x: x + dx, y: y + dy });
        const [sx, sy] = [p.x - 0.5, p.y - 0.5];
        const [ix, iy] = [Math.floor(sx), Math.floor(sy)];
        if (!(ix >= 0 && iy >= 0 && ix < w - 1 && iy < h - 1)) continue;
        const [tx, ty] = [sx - ix, sy - iy];
        for (let c = 0; c < 3; c++) {
          const at = (q: number) => table[source[4 * q + c]];
          const q = iy * w + ix;
          const top = at(q) + (at(q + 1) - at(q)) * tx;
          const low = at(q + w) + (at(q + w + 1) - at(q + w)) * tx;
          sum[c] += (top + (low - top) * ty) / 4;
        }
      }
      const shade = Math.exp(light.shadingLn * (x / size.widthPx - 0.5));
      for (let c = 0; c < 3; c++)
        rgba[i + c] =
          255 * linearToSrgb(sum[c] * light.gain[c] * shade) + light.noiseLevels * light.random.normal();
      rgba[i + 3] = 255;
    }
  }
  return { widthPx: size.widthPx, heightPx: size.heightPx, rgba };
}
