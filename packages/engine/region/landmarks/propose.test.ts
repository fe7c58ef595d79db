import { beforeAll, describe, expect, it } from 'vitest';
import { createPicture } from '../../photo/picture.ts';
import { readModels, readPhoto } from '../../tools/landmarks/fixtures.ts';
import { measureRegion } from '../measure.ts';
import { lipLinesOf, lipMask } from './lips.ts';
import {
  createLandmarkTools,
  type LandmarkTools,
  moveHairline,
  proposeLips,
  proposeScalp,
  scalpGround,
} from './propose.ts';

let tools: LandmarkTools;
beforeAll(async () => {
  tools = createLandmarkTools(await readModels());
});

describe('regions proposed from the face', () => {
  it('lips have the area and the place lips have', async () => {
    const picture = await readPhoto('cc0-027-woman-red-lips-tilted.jpg');
    const lips = proposeLips(tools, picture);
    if (!lips.ok) throw new Error(lips.message);
    const { areaCm2 = 0 } = measureRegion(lips.mask, lips.scale);
    // Two lips of some 5 cm by 1 cm each, foreshortened or parted.
    expect(areaCm2).toBeGreaterThan(3);
    expect(areaCm2).toBeLessThan(15);

    // Lipstick: what the mask covers leads in red by far more than what lies round it.
    const redLead = (wanted: (alpha: number) => boolean) => {
      const leads: number[] = [];
      const { centre = { x: 0, y: 0 } } = measureRegion(lips.mask);
      lips.mask.alpha.forEach((alpha, i) => {
        const [x, y] = [i % picture.widthPx, Math.floor(i / picture.widthPx)];
        if (!wanted(alpha) || Math.hypot(x - centre.x, y - centre.y) > lips.face.eyeDistancePx / 2) return;
        leads.push(picture.rgba[4 * i] - (picture.rgba[4 * i + 1] + picture.rgba[4 * i + 2]) / 2);
      });
      return leads.sort((a, b) => a - b)[leads.length >> 1];
    };
    expect(redLead((alpha) => alpha > 250)).toBeGreaterThan(redLead((alpha) => alpha === 0) + 60);
  });

  it.each([
    'cc0-005-woman-light-skin-lips.jpg',
    'cc0-049-woman-smile.jpg',
    'pd-congress-H001042-lips.jpg',
    'pd-congress-W000187-lips.jpg',
    'cc0-006-man-dark-skin-beard.jpg',
    'cc0-025-woman-dark-skin-lips.jpg',
  ])('both lips are found, of open mouths too: %s', async (name) => {
    const picture = await readPhoto(name);
    const lips = proposeLips(tools, picture);
    if (!lips.ok) throw new Error(lips.message);
    const lines = lipLinesOf(lips.face.points);
    const corner = lines.outerUpper[0];
    const flat = lines.outerUpper.map(() => corner);
    // Each lip by itself: between its outer and its inner line.
    const upper = lipMask(
      { ...lines, outerLower: lines.innerUpper, innerLower: flat, innerUpper: flat },
      picture,
    );
    const lower = lipMask(
      { ...lines, outerUpper: lines.innerLower, innerLower: flat, innerUpper: flat },
      picture,
    );
    for (const lip of [upper, lower]) {
      let [held, all] = [0, 0];
      lip.alpha.forEach((alpha, p) => {
        held += Math.min(alpha, lips.mask.alpha[p]);
        all += alpha;
      });
      expect(held / all).toBeGreaterThan(0.6);
    }
  });

  it('lips that hardly differ from the skin keep the line of the face, and say so', async () => {
    const photo = await readPhoto('cc0-049-woman-smile.jpg');
    const seen = proposeLips(tools, photo);
    expect(seen).toMatchObject({ borderFrom: 'colour', notes: [] });
    // The same face without colour in and about its mouth.
    const rgba = photo.rgba.slice();
    if (!seen.ok) throw new Error(seen.message);
    const { centre = { x: 0, y: 0 } } = measureRegion(seen.mask);
    const reach = 0.8 * seen.face.eyeDistancePx;
    for (let p = 0; p < seen.mask.alpha.length; p++) {
      const far = Math.hypot((p % photo.widthPx) - centre.x, Math.floor(p / photo.widthPx) - centre.y);
      const kept = Math.min(1, Math.max(0, 2 * (far / reach - 0.5)));
      [205, 160, 140].forEach((skin, c) => (rgba[4 * p + c] = skin + kept * (rgba[4 * p + c] - skin)));
    }
    const lost = proposeLips(tools, { ...photo, rgba });
    if (!lost.ok) throw new Error(lost.message);
    expect(lost.borderFrom).toBe('face');
    expect(lost.confidence01).toBeLessThan(0.5);
    expect(lost.notes.map(({ code }) => code)).toEqual(['lips-faint']);
  });

  it('a bald head without hair at its sides says that shaved hair counts as bare, one with hair does not', async () => {
    const codes = async (name: string) => {
      const scalp = proposeScalp(tools, await readPhoto(name));
      return scalp.ok ? scalp.notes.map(({ code }) => code) : [scalp.reason];
    };
    expect(await codes('pd-congress-L000174-bald-front.jpg')).toEqual(['rim-unseen']);
    expect(await codes('cc0-006-man-dark-skin-beard.jpg')).toEqual([]);
  });

  it('the scalp of a shaved head lies above its brows and inside its outline', async () => {
    const picture = await readPhoto('pd-congress-L000174-bald-front.jpg');
    const scalp = proposeScalp(tools, picture);
    if (!scalp.ok) throw new Error(scalp.message);
    const outline = tools.silhouette.segment(picture);
    const glabellaY = scalp.face.points[3 * 9 + 1];
    const outside = scalp.mask.alpha.filter(
      (alpha, i) => alpha > outline.alpha[i] || (alpha > 0 && Math.floor(i / picture.widthPx) > glabellaY),
    );
    expect(outside.length).toBe(0);
    expect(measureRegion(scalp.mask).areaPx).toBeGreaterThan(0.2 * scalp.face.eyeDistancePx ** 2);
    // What lies farther away is larger than it looks, and less well known.
    const lips = proposeLips(tools, picture);
    if (!lips.ok || !lips.scale || !scalp.scale) throw new Error('no scale');
    expect(scalp.scale.mmPerPx).toBeGreaterThan(lips.scale.mmPerPx);
    expect(scalp.scale.relativeSd).toBeGreaterThan(lips.scale.relativeSd);
  });

  it('a hairline moved and moved back leaves the zone as it was found, also on a ground made again', async () => {
    const picture = await readPhoto('cc0-061-man-shaved-scalp-front.jpg');
    const scalp = proposeScalp(tools, picture);
    if (!scalp.ok) throw new Error(scalp.message);
    const again = scalpGround(tools, picture);
    if (!again.ok) throw new Error(again.message);
    const { line, zone, hairline, ground } = scalp;
    const { x, y } = hairline.midFrontal;
    const to = { ...hairline, midFrontal: { x, y: y + scalp.face.eyeDistancePx / 4 } };
    const there = moveHairline(ground, { region: zone, line, to });
    expect(measureRegion(there.zone).areaPx).toBeGreaterThan(measureRegion(zone).areaPx);
    expect(there.isByHand).toBe(false);
    const moved = { ...line, hairline: to };
    const back = moveHairline(again, { region: there.zone, line: moved, to: hairline });
    expect(back.isByHand).toBe(false);
    expect(back.zone.alpha.every((alpha, i) => alpha === zone.alpha[i])).toBe(true);
  });

  it('hair and bare skin share the zone out; a bald head is bare, a full head is not', async () => {
    // A low hairline, so that bald, cropped and full heads all show some of the forehead.
    const low = { midFrontalMm: 45, frontotemporalMm: 70, aboveCanthusMm: 60, temporalPeakMm: 45 };
    const coverOf = async (name: string) => {
      const scalp = proposeScalp(tools, await readPhoto(name), low);
      if (!scalp.ok) throw new Error(scalp.message);
      const { hair, bare, hairShare01 } = scalp.cover;
      expect(scalp.mask.alpha.every((alpha, i) => alpha === hair.alpha[i] + bare.alpha[i])).toBe(true);
      return hairShare01;
    };
    const bald = await coverOf('pd-congress-L000174-bald-front.jpg');
    const shaved = await coverOf('cc0-061-man-shaved-scalp-front.jpg');
    const cropped = await coverOf('pd-congress-J000294-cropped-hair.jpg');
    expect(bald).toBeLessThan(0.2);
    expect(shaved).toBeLessThan(0.5);
    expect(cropped).toBeGreaterThan(shaved);
    for (const full of [
      'cc0-049-woman-smile.jpg',
      'pd-congress-H001042-lips.jpg',
      'pd-congress-W000187-lips.jpg',
    ])
      expect(await coverOf(full)).toBeGreaterThan(0.9);
  });

  it('a scalp on its side is refused as such; lips are found there', async () => {
    const { widthPx, heightPx, rgba } = await readPhoto('cc0-061-man-shaved-scalp-front.jpg');
    const turned = createPicture(heightPx, widthPx);
    for (let y = 0; y < heightPx; y++)
      for (let x = 0; x < widthPx; x++) {
        const from = 4 * (y * widthPx + x);
        turned.rgba.set(rgba.subarray(from, from + 4), 4 * (x * heightPx + heightPx - 1 - y));
      }
    expect(proposeScalp(tools, turned)).toMatchObject({ ok: false, reason: 'not-upright' });
    expect(proposeLips(tools, turned)).toMatchObject({ ok: true });
  });

  it('without a face both refuse', () => {
    const empty = createPicture(300, 200);
    for (const propose of [proposeLips, proposeScalp])
      expect(propose(tools, empty)).toMatchObject({ ok: false, reason: 'no-face' });
  });
});
