import { nextView } from '@undertone/clinic/photos/rules.ts';
import { type PhotoView, standardViews } from '@undertone/clinic/photos/views.ts';
import type { BodyOf } from '@undertone/clinic/session/schema.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { intlTag } from '../locales/index.ts';
import { Capture } from '../photos/capture.tsx';
import { photoWords } from '../photos/words.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Badge } from '../ui/surfaces.tsx';
import type { Part } from './part.ts';
import type { WaitingPhoto } from './photo-sending.ts';

type Moment = BodyOf<'photo'>['moment'];

/** What the server knows of this person's photographs; without a line nothing. */
interface Known {
  /** Taken today on the chart's page and not in a session yet. */
  readonly photos: readonly { readonly id: string; readonly view: string }[];
  /** Of each view the last one, to lay the next one over. */
  readonly ghosts: Readonly<Record<string, { readonly id: string; readonly takenAt: string }>>;
}
const nothingKnown: Known = { photos: [], ghosts: {} };

/** Photographs of the session: taken or chosen here, also without a line; those taken in the chart today are offered. */
export function PhotoList({ part, moment }: { readonly part: Part; readonly moment: Moment }) {
  const { words, mirror, snapshot, tablet, given } = part;
  const { session } = mirror;
  const { photosWaiting, record, line } = snapshot;
  const [known, setKnown] = useState<Known>(nothingKnown);
  const isUp = line === 'up';
  useEffect(() => {
    if (!isUp) return undefined;
    const stop = new AbortController();
    const load = async () => {
      const answer = await fetch(`/desk/sessions/${session.id}/photos`, {
        redirect: 'manual',
        signal: stop.signal,
      });
      if (answer.ok) setKnown((await answer.json()) as Known);
    };
    load().catch(() => undefined);
    return () => stop.abort();
  }, [isUp, session.id]);

  const names: Readonly<Record<string, string>> = photoWords[given.locale].views;
  const attached = record.photos.filter(({ body }) => body.moment === moment);
  const left = known.photos.filter(
    ({ id }) =>
      !record.photos.some(({ body }) => body.photoId === id) &&
      !photosWaiting.some(({ form }) => form.uploadId === id),
  );
  return (
    <section className="session-photos" aria-labelledby={`photos-${moment}`}>
      <h2 id={`photos-${moment}`}>
        {words.photos.title}: {words.photos.moments[moment]}
      </h2>
      <Taking part={part} moment={moment} ghosts={isUp ? known.ghosts : {}} />
      {attached.length === 0 ? null : (
        <ul aria-label={words.photos.attached}>
          {attached.map(({ id, body }) => {
            const waiting = photosWaiting.find(({ form }) => form.uploadId === body.photoId);
            const name = names[body.view] ?? body.view;
            const alt = `${words.photos.title}: ${name}`;
            return (
              <li key={id} data-testid="session-photo" data-saved={waiting === undefined}>
                {waiting ? (
                  <OnDevice part={part} waiting={waiting} name={alt} />
                ) : (
                  <img src={`/desk/photos/${body.photoId}/thumb`} alt={alt} />
                )}
                <span className="small">{name}</span>
              </li>
            );
          })}
        </ul>
      )}
      {left.length === 0 ? null : (
        <ul>
          {left.map(({ id, view }) => (
            <li key={id}>
              <img src={`/desk/photos/${id}/thumb`} alt={names[view] ?? view} />
              <Button
                aria-label={`${words.photos.add}: ${names[view] ?? view}`}
                onPress={() => void tablet.write('photo', { photoId: id, view, moment })}
              >
                {words.photos.add}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The view, the camera with the last photograph of that view over it, or a file. */
function Taking({
  part: { words, mirror, snapshot, tablet, given, nowMs },
  moment,
  ghosts,
}: {
  readonly part: Part;
  readonly moment: Moment;
  readonly ghosts: Known['ghosts'];
}) {
  const { session } = mirror;
  const photo = photoWords[given.locale];
  const [chosen, setChosen] = useState<PhotoView | null>(null);
  const [isTaking, setTaking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { treatment, patientId } = session;
  const { views } = standardViews[treatment];
  const taken = snapshot.record.photos
    .filter(({ body }) => body.moment === moment)
    .map(({ body }) => ({ treatment, view: body.view as PhotoView, takenAt: new Date(nowMs) }));
  const view = chosen ?? nextView(taken, treatment, new Date(0)) ?? views[0] ?? 'mid';
  const ghost = ghosts[view];
  const keep = async (file: Blob, origin: 'camera' | 'upload') => {
    await tablet.attach(file, { patientId, treatment, view, origin }, moment);
    setChosen(null);
  };
  return (
    <>
      <div className="session-photo-take">
        <Select
          label={photo.view}
          options={views.map((id) => ({ id, label: photo.views[id] }))}
          selectedKey={view}
          onSelectionChange={(key) => setChosen(key as PhotoView)}
        />
        <Button onPress={() => setTaking(!isTaking)}>{isTaking ? photo.close : words.photos.take}</Button>
        <Button onPress={() => input.current?.click()}>{photo.upload}</Button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={`${photo.upload}: ${words.photos.moments[moment]}`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) void keep(file, 'upload');
          }}
        />
      </div>
      {isTaking ? (
        <Capture
          key={view}
          words={photo}
          ghost={
            ghost
              ? {
                  src: `/desk/photos/${ghost.id}/screen`,
                  day: new Intl.DateTimeFormat(intlTag(given.locale), {
                    dateStyle: 'long',
                    timeZone: given.zone,
                  }).format(new Date(ghost.takenAt)),
                }
              : null
          }
          onPhoto={(file) => keep(file, 'camera')}
          onClose={() => setTaking(false)}
        />
      ) : null}
    </>
  );
}

/** A photograph that waits on this device, as it was taken. */
function OnDevice({
  part: { words, tablet },
  waiting: { form, file, refusal },
  name,
}: {
  readonly part: Part;
  readonly waiting: WaitingPhoto;
  readonly name: string;
}) {
  const src = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(src), [src]);
  return (
    <>
      <img src={src} alt={name} />
      {refusal === undefined ? (
        <Badge tone="ochre">{words.photos.waits}</Badge>
      ) : (
        <>
          <Badge tone="oxide">{words.photos.refused}</Badge>
          <Button
            aria-label={`${words.photos.discard}: ${name}`}
            onPress={() => void tablet.discardPhoto(form.uploadId)}
          >
            {words.photos.discard}
          </Button>
        </>
      )}
    </>
  );
}
