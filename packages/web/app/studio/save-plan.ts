import { savePlan } from '@undertone/clinic/planning/commands.ts';
import { planPdf } from '@undertone/clinic/planning/document.ts';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import {
  decodePhoto,
  encodeJpeg,
  shrinkForScreen,
  sniffFormat,
} from '@undertone/clinic/platform/images/index.ts';
import { data } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/save-plan.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

const pictureNames = ['day0', 'week6', 'month12'] as const;

/**
 * `POST /studio/plans`: a plan made on a device comes in with its photograph. The document is checked by its schema, the
 * photograph is decoded under limits and must be the very file the plan names; the paper is set here. All or nothing.
 */
export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = await request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const bytesOf = async (name: string) => {
    const value = form.get(name);
    return value instanceof File ? new Uint8Array(await value.arrayBuffer()) : new Uint8Array();
  };

  const document = text('document');
  const parsed = parsePlan(document);
  if (!parsed.ok) return data(parsed, { status: 422 });
  const photo = await bytesOf('photo');
  const decoded = await decodePhoto(photo);
  if (!decoded.ok) return data(decoded, { status: 422 });

  const picture = await bytesOf('picture');
  const pixels = picture.length > 0 ? await decodePhoto(picture) : undefined;
  if (pixels && !pixels.ok) return data({ ...pixels, field: 'parts.picture' }, { status: 422 });
  const { widthPx, heightPx } = parsed.plan.inputs.photo;
  if (pixels && (pixels.picture.widthPx !== widthPx || pixels.picture.heightPx !== heightPx))
    return data(
      {
        ok: false as const,
        reason: 'photo-mismatch',
        message: `The plan was made from ${widthPx} x ${heightPx} pixels, the picture sent with it has others; make the plan again.`,
      },
      { status: 422 },
    );
  const pictures = {
    day0: await bytesOf('day0'),
    week6: await bytesOf('week6'),
    month12: await bytesOf('month12'),
  };
  for (const name of pictureNames)
    if (sniffFormat(pictures[name]) !== 'png')
      return data(
        {
          ok: false as const,
          reason: 'plan-invalid',
          message: `The picture of ${name} is missing; make the plan again.`,
        },
        { status: 422 },
      );
  // Forms send every line's end as two characters; the map is kept as it was made, to the byte.
  const mapSvg = text('mapSvg').replaceAll('\r\n', '\n');
  const photoType = decoded.source.format;
  const onPaper = { photo: await paperPhoto(decoded.picture), ...pictures };
  const pdf = await planPdf(clinic.typesetter, parsed.plan, mapSvg, onPaper, localeOf(request));
  const png = (bytes: Uint8Array) => ({ bytes, mediaType: 'image/png' });
  const saved = await savePlan(clinic, actor, {
    patientId: text('patientId'),
    document,
    ...(text('planId') === '' ? {} : { planId: text('planId') }),
    ...(text('draftId') === '' ? {} : { draftId: text('draftId') }),
    ...(/^\d{1,9}$/.test(text('draftRevision')) ? { draftRevision: Number(text('draftRevision')) } : {}),
    parts: {
      photo: { bytes: photo, mediaType: `image/${photoType}` },
      // Kept only where the server reads other pixels from the photo than the page worked at.
      ...(pixels && !isSame(pixels.picture.rgba, decoded.picture.rgba) ? { picture: png(picture) } : {}),
      day0: png(pictures.day0),
      week6: png(pictures.week6),
      month12: png(pictures.month12),
      map: { bytes: new TextEncoder().encode(mapSvg), mediaType: 'image/svg+xml' },
      pdf: { bytes: pdf, mediaType: 'application/pdf' },
    },
  });
  return saved.ok
    ? data({ ok: true as const, planId: saved.plan.planId }, { status: 201 })
    : data(saved, { status: 422 });
}

const isSame = (a: Uint8ClampedArray, b: Uint8ClampedArray) =>
  Buffer.compare(
    Buffer.from(a.buffer, a.byteOffset, a.length),
    Buffer.from(b.buffer, b.byteOffset, b.length),
  ) === 0;

/** The photograph as it is printed: upright, no metadata, no larger than paper shows. */
async function paperPhoto(picture: Parameters<typeof shrinkForScreen>[0]): Promise<Uint8Array> {
  return encodeJpeg(await shrinkForScreen(picture, 1600));
}
