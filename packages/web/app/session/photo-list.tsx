import type { BodyOf } from '@undertone/clinic/session/schema.ts';
import { useEffect, useState } from 'react';
import { photoWords } from '../photos/words.ts';
import { Button } from '../ui/button.tsx';
import type { Part } from './part.ts';

interface Offered {
  readonly id: string;
  readonly view: string;
}

/** Photographs taken today that are not in the session yet; taking them is the chart's page. Needs a line. */
export function PhotoList({
  part,
  moment,
}: {
  readonly part: Part;
  readonly moment: BodyOf<'photo'>['moment'];
}) {
  const { words, mirror, snapshot, tablet, given } = part;
  const { session } = mirror;
  const [photos, setPhotos] = useState<readonly Offered[]>([]);
  const isUp = snapshot.line === 'up';
  useEffect(() => {
    if (!isUp) return undefined;
    const stop = new AbortController();
    const load = async () => {
      const answer = await fetch(`/desk/sessions/${session.id}/photos`, {
        redirect: 'manual',
        signal: stop.signal,
      });
      if (!answer.ok) return;
      const found = (await answer.json()) as { readonly photos: readonly Offered[] };
      setPhotos(found.photos);
    };
    load().catch(() => undefined);
    return () => stop.abort();
  }, [isUp, session.id]);
  const names: Readonly<Record<string, string>> = photoWords[given.locale].views;
  const left = photos.filter(({ id }) => !snapshot.record.photos.some(({ body }) => body.photoId === id));
  return (
    <section className="session-photos" aria-labelledby={`photos-${moment}`}>
      <div className="row-apart">
        <h2 id={`photos-${moment}`}>
          {words.photos.title}: {words.photos.moments[moment]}
        </h2>
        <a
          className="button"
          href={`/desk/patients/${session.patientId}/photos?treatment=${session.treatment}`}
        >
          {words.photos.take}
        </a>
      </div>
      {left.length === 0 ? (
        <p className="soft small">{words.photos.none}</p>
      ) : (
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
