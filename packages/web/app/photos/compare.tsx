import { readPhotoLines } from '@undertone/clinic/photos/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import type { Picture } from '@undertone/engine/photo/index.ts';
import { useEffect, useRef, useState } from 'react';
import { patientOf } from '../chart/patient.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { RadioGroup } from '../ui/fields.tsx';
import { CompareSlider, PictureWell } from '../ui/pictures.tsx';
import { Alert, Progress } from '../ui/surfaces.tsx';
import type { Route } from './+types/compare.ts';
import type { AlignAnswer, AlignRequest } from './align.worker.ts';
import { type Place, similarity } from './by-hand.ts';
import { Marker } from './marker.tsx';
import './photos.css';
import { photoWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/photos/compare?a=&b=`: two photographs of the same place, laid over each other. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const ids = [url.searchParams.get('a') ?? '', url.searchParams.get('b') ?? ''];
  const read = await Promise.all(ids.map((one) => readPhotoLines(clinic, actor, one)));
  const [before, after] = read.map((one) => (one.ok && one.photo.patientId === id ? one.photo : undefined));
  if (!before || !after) throw new Response('There is no such pair of photographs', { status: 404 });
  const tenant = await mainTenant(clinic);
  return { locale: localeOf(request), zone: tenant?.zone ?? 'UTC', patientId: id, before, after };
}

/** Longer side the alignment works at, px: enough for skin, quick on a tablet. */
const workSidePx = 1200;

type Show = 'slider' | 'side';
type Aligned =
  | { readonly by: 'none' | 'failed' | 'working' }
  | { readonly by: 'engine'; readonly errorPx: number; readonly agreement01: number }
  | { readonly by: 'hand' };

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: photoWords[loaderData?.locale ?? 'en'].compare }];
}

export default function Compare({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patientId, before, after } = loaderData;
  const words = photoWords[locale];
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: zone });
  const number = new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: 1 });
  const [show, setShow] = useState<Show>('slider');
  const [aligned, setAligned] = useState<Aligned>({ by: 'none' });
  const [picture, setPicture] = useState<Picture | null>(null);
  const [marking, setMarking] = useState(false);
  const [marks, setMarks] = useState<{ before: readonly Place[]; after: readonly Place[] }>({
    before: [],
    after: [],
  });
  const worker = useRef<Worker>(null);
  useEffect(() => () => worker.current?.terminate(), []);

  async function align(
    toAfterOf?: (scaleBefore: number, scaleAfter: number) => readonly number[] | undefined,
  ) {
    setAligned({ by: 'working' });
    worker.current?.terminate();
    worker.current = new Worker(new URL('./align.worker.ts', import.meta.url), { type: 'module' });
    const [one, two] = await Promise.all([pixelsOf(srcOf(before.id)), pixelsOf(srcOf(after.id))]);
    const toAfter = toAfterOf?.(one.widthPx / before.widthPx, two.widthPx / after.widthPx);
    worker.current.addEventListener('message', ({ data }: MessageEvent<AlignAnswer>) => {
      if (!data.ok) {
        setAligned({ by: 'failed' });
        setMarking(true);
        return;
      }
      setPicture(data.picture);
      setMarking(false);
      setAligned(
        toAfterOf
          ? { by: 'hand' }
          : { by: 'engine', errorPx: data.errorPx ?? 0, agreement01: data.agreement01 ?? 0 },
      );
    });
    worker.current.addEventListener('error', () => setAligned({ by: 'failed' }));
    const request: AlignRequest = { before: one, after: two, ...(toAfter && { toAfter }) };
    worker.current.postMessage(request, []);
  }

  function mark(which: 'before' | 'after', place: Place) {
    const next = { ...marks, [which]: [...marks[which].slice(-1), place] };
    setMarks(next);
    const [b1, b2] = next.before;
    const [a1, a2] = next.after;
    if (!b1 || !b2 || !a1 || !a2) return;
    const at = (p: Place, scale: number) => ({ x: p.x * scale, y: p.y * scale });
    void align((sb, sa) => similarity([at(b1, sb), at(b2, sb)], [at(a1, sa), at(a2, sa)]));
  }

  const labels = {
    before: `${words.earlier}: ${day.format(before.takenAt)}`,
    after: `${words.later}: ${day.format(after.takenAt)}`,
  };
  const earlier = <img src={srcOf(before.id)} alt={labels.before} />;
  const later = picture ? (
    <PixelCanvas picture={picture} label={labels.after} />
  ) : (
    <img src={srcOf(after.id)} alt={labels.after} />
  );
  return (
    <div className="stack photos">
      <div className="photos-bar">
        <ButtonLink to={`/desk/patients/${patientId}/photos`}>{words.back}</ButtonLink>
        <Button look="strong" isPending={aligned.by === 'working'} onPress={() => void align()}>
          {words.align}
        </Button>
        <Button onPress={() => setMarking((now) => !now)}>{words.byHand}</Button>
        {picture ? (
          <Button
            look="quiet"
            onPress={() => {
              setPicture(null);
              setAligned({ by: 'none' });
            }}
          >
            {words.asTaken}
          </Button>
        ) : null}
      </div>
      <RadioGroup
        label={words.showAs}
        orientation="horizontal"
        value={show}
        onChange={(value) => setShow(value as Show)}
        options={[
          { id: 'slider', label: words.slider },
          { id: 'side', label: words.sideBySide },
        ]}
      />
      {aligned.by === 'working' ? <Progress label={words.aligning} /> : null}
      {aligned.by === 'failed' ? <Alert tone="ochre" title={words.notAligned} live /> : null}
      {aligned.by === 'hand' ? <Alert tone="verdigris" title={words.alignedByHand} live /> : null}
      {aligned.by === 'engine' ? (
        <Alert
          tone="verdigris"
          live
          title={words.aligned(number.format(aligned.errorPx), number.format(aligned.agreement01 * 100))}
        />
      ) : null}
      {marking ? (
        <div className="photos-pair">
          {(
            [
              ['before', before],
              ['after', after],
            ] as const
          ).map(([which, photo]) => (
            <figure key={which}>
              <Marker
                label={labels[which]}
                help={words.byHandHelp}
                src={srcOf(photo.id)}
                widthPx={photo.widthPx}
                heightPx={photo.heightPx}
                onPlace={(place) => mark(which, place)}
              >
                {marks[which].map((place, i) => (
                  <circle
                    key={`${i}-${place.x}`}
                    className="marker-point"
                    cx={place.x}
                    cy={place.y}
                    r={photo.widthPx / 80}
                  />
                ))}
              </Marker>
              <figcaption aria-live="polite">
                {words.marks(which === 'before' ? 'earlier' : 'later', marks[which].length)}
              </figcaption>
            </figure>
          ))}
        </div>
      ) : show === 'slider' ? (
        <PictureWell>
          <CompareSlider
            label={words.compare}
            beforeLabel={labels.before}
            afterLabel={labels.after}
            before={earlier}
            after={later}
          />
        </PictureWell>
      ) : (
        <div className="photos-pair">
          <figure>
            <PictureWell>{earlier}</PictureWell>
            <figcaption>{labels.before}</figcaption>
          </figure>
          <figure>
            <PictureWell>{later}</PictureWell>
            <figcaption>{labels.after}</figcaption>
          </figure>
        </div>
      )}
    </div>
  );
}

const srcOf = (id: string) => `/desk/photos/${id}/screen`;

async function pixelsOf(src: string): Promise<Picture> {
  const response = await fetch(src);
  const whole = await createImageBitmap(await response.blob());
  const scale = Math.min(1, workSidePx / Math.max(whole.width, whole.height));
  const [widthPx, heightPx] = [Math.round(whole.width * scale), Math.round(whole.height * scale)];
  const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw new Error('This browser draws nothing.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, widthPx, heightPx);
  whole.close();
  return { widthPx, heightPx, rgba: context.getImageData(0, 0, widthPx, heightPx).data };
}

function PixelCanvas({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { widthPx, heightPx, rgba } = picture;
    const image = new ImageData(rgba as Uint8ClampedArray<ArrayBuffer>, widthPx, heightPx);
    canvas.current?.getContext('2d', { colorSpace: 'srgb' })?.putImageData(image, 0, 0);
  }, [picture]);
  return (
    <canvas ref={canvas} width={picture.widthPx} height={picture.heightPx} role="img" aria-label={label} />
  );
}
