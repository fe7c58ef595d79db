import type { Photo, PhotoLine } from './schema.ts';
import { type PhotoTreatment, type PhotoView, standardViews } from './views.ts';

/** Millimetres a pixel by the newest scale drawn on the photograph; undefined without one. */
export function mmPerPxOf(lines: readonly PhotoLine[]): number | undefined {
  const scale = lines
    .filter(({ kind }) => kind === 'scale')
    .sort((a, b) => b.drawnAt.getTime() - a.drawnAt.getTime())[0];
  return scale && scale.mm / lengthPx(scale);
}

export function lengthPx(line: Pick<PhotoLine, 'x1Px' | 'y1Px' | 'x2Px' | 'y2Px'>): number {
  return Math.hypot(line.x2Px - line.x1Px, line.y2Px - line.y1Px);
}

/** The last photograph of a view: what the next one is laid over while it is taken. */
export function ghostFor(
  photos: readonly Photo[],
  treatment: PhotoTreatment,
  view: PhotoView,
): Photo | undefined {
  return photos
    .filter((one) => one.treatment === treatment && one.view === view)
    .sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime())[0];
}

/** The next standard view not yet taken since a day began, or undefined when the set is whole. */
export function nextView(
  photos: readonly Pick<Photo, 'treatment' | 'view' | 'takenAt'>[],
  treatment: PhotoTreatment,
  since: Date,
): PhotoView | undefined {
  const taken = new Set(
    photos.filter((one) => one.treatment === treatment && one.takenAt >= since).map(({ view }) => view),
  );
  return standardViews[treatment].views.find((view) => !taken.has(view));
}
