import { listPhotos } from '@undertone/clinic/photos/commands.ts';
import { ghostFor, nextView } from '@undertone/clinic/photos/rules.ts';
import type { Photo } from '@undertone/clinic/photos/schema.ts';
import { type PhotoTreatment, type PhotoView, standardViews } from '@undertone/clinic/photos/views.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Alert, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { Capture } from './capture.tsx';
import './photos.css';
import { useQueue } from './use-queue.ts';
import { photoWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/photos`: the timeline; taking, uploading and choosing two to compare. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const [listed, tenant] = await Promise.all([listPhotos(clinic, actor, id), mainTenant(clinic)]);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patientId: id,
    staffId: actor.staffId,
    mayTake: can(actor.role, 'photo.write'),
    photos: listed.photos,
    now: clinic.clock.now(),
  };
}

/** Twelve hours: photographs of one visit. */
const visitMs = 12 * 3_600_000;
const treatments: readonly PhotoTreatment[] = ['scalp', 'lip', 'vitiligo'];

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: photoWords[loaderData?.locale ?? 'en'].photos }];
}

export default function Photos({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patientId, staffId, mayTake, photos, now } = loaderData;
  const words = photoWords[locale];
  const base = `/desk/patients/${patientId}/photos`;
  const { waiting, sent01, add, discard } = useQueue(patientId, staffId);
  const [treatment, setTreatment] = useState<PhotoTreatment>(photos[0]?.treatment ?? 'vitiligo');
  const [chosenView, setView] = useState<PhotoView | null>(null);
  const [taking, setTaking] = useState(false);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: zone });

  const since = new Date(now.getTime() - visitMs);
  const taken = [...photos, ...waiting.map(({ form }) => ({ ...form, takenAt: new Date(form.takenAt) }))];
  const view = chosenView ?? nextView(taken, treatment, since) ?? standardViews[treatment].views[0] ?? 'mid';
  const ghost = ghostFor(photos, treatment, view);

  const keep = async (file: Blob, origin: 'camera' | 'upload') => {
    await add(file, { treatment, view, origin, takenAt: new Date().toISOString() });
    setView(null);
  };
  const days = new Map<string, Photo[]>();
  for (const photo of photos) {
    const name = day.format(photo.takenAt);
    days.set(name, [...(days.get(name) ?? []), photo]);
  }
  const toggle = (id: string) =>
    setCompared((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids.slice(-1), id]));
  // The earlier one first, whichever was chosen first.
  const [a, b] = photos
    .filter(({ id }) => compared.includes(id))
    .sort((one, other) => one.takenAt.getTime() - other.takenAt.getTime());

  return (
    <div className="stack photos">
      <h2 className="visually-hidden">{words.photos}</h2>
      {mayTake ? (
        <section className="stack" aria-label={words.take}>
          <div className="photos-bar">
            <Select
              label={words.treatment}
              options={treatments.map((id) => ({ id, label: words.treatments[id] }))}
              value={treatment}
              onChange={(key) => {
                setTreatment(key as PhotoTreatment);
                setView(null);
              }}
            />
            <Select
              label={words.view}
              options={standardViews[treatment].views.map((id) => ({ id, label: words.views[id] }))}
              value={view}
              onChange={(key) => setView(key as PhotoView)}
            />
            {taking ? null : (
              <Button look="strong" onPress={() => setTaking(true)}>
                {words.take}
              </Button>
            )}
            <Button onPress={() => input.current?.click()}>{words.upload}</Button>
            <input
              ref={input}
              type="file"
              accept="image/*"
              className="visually-hidden"
              tabIndex={-1}
              aria-label={words.upload}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = '';
                if (file) void keep(file, 'upload');
              }}
            />
          </div>
          {taking ? (
            <Capture
              key={`${treatment}-${view}`}
              words={words}
              ghost={
                ghost ? { src: `/desk/photos/${ghost.id}/screen`, day: day.format(ghost.takenAt) } : null
              }
              onPhoto={(file) => keep(file, 'camera')}
              onClose={() => setTaking(false)}
            />
          ) : null}
        </section>
      ) : null}

      {waiting.length === 0 ? null : (
        <Alert tone="ochre" title={words.waiting(waiting.length)} live>
          <p>{sent01 > 0 ? words.sending(Math.round(sent01 * 100)) : words.notSaved}</p>
          <ul className="stack-s">
            {waiting
              .filter(({ refusal }) => refusal !== undefined)
              .map(({ form, refusal }) => (
                <li key={form.uploadId} className="row">
                  <span>
                    {words.views[form.view]}: <Said>{refusal ?? ''}</Said>
                  </span>
                  <Button onPress={() => void discard(form.uploadId)}>{words.discard}</Button>
                </li>
              ))}
          </ul>
        </Alert>
      )}

      {photos.length === 0 && waiting.length === 0 ? (
        <EmptyState title={words.none}>{words.noneText}</EmptyState>
      ) : null}

      {photos.length > 1 ? (
        <div className="row" aria-live="polite">
          {a && b ? (
            <ButtonLink look="strong" to={`${base}/compare?a=${a.id}&b=${b.id}`}>
              {words.compare}
            </ButtonLink>
          ) : (
            <span className="soft">
              {words.compareHelp} {compared.length > 0 ? words.chosen(compared.length) : ''}
            </span>
          )}
        </div>
      ) : null}

      {[...days].map(([name, ofDay]) => (
        <section key={name} className="stack-s" aria-label={name}>
          <h2 className="photos-day">{name}</h2>
          <ul className="photos-grid">
            {ofDay.map((photo) => (
              <li key={photo.id} className="photo-tile">
                <Link to={`${base}/${photo.id}`}>
                  <img
                    src={`/desk/photos/${photo.id}/thumb`}
                    alt={`${words.treatments[photo.treatment]}, ${words.views[photo.view]}, ${name}`}
                    loading="lazy"
                  />
                </Link>
                <label className="photo-pick">
                  <input
                    type="checkbox"
                    checked={compared.includes(photo.id)}
                    onChange={() => toggle(photo.id)}
                  />
                  <span>
                    {words.views[photo.view]}
                    <span className="visually-hidden"> {words.compare}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
