import { drawLine, readPhotoLines } from '@undertone/clinic/photos/commands.ts';
import { lengthPx, mmPerPxOf } from '@undertone/clinic/photos/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { useState } from 'react';
import { data, useFetcher } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { deskTag, intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { RadioGroup, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/photo.ts';
import type { Place } from './by-hand.ts';
import { Marker } from './marker.tsx';
import './photos.css';
import { photoWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/patients/:patientId/photos/:photoId`: one photograph, its facts and what was measured on it. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const { id } = await patientOf(context);
  const read = await readPhotoLines(clinic, actor, params.photoId);
  if (!read.ok || read.photo.patientId !== id)
    throw new Response('There is no such photograph', { status: 404 });
  const tenant = await mainTenant(clinic);
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    patientId: id,
    photo: read.photo,
    lines: read.lines,
    mayMeasure: can(actor.role, 'photo.write'),
    mayUse: can(actor.role, 'photo.use'),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = formTexts(await request.formData());
  const mm = typedNumber(form.mm ?? '');
  const answer = await drawLine(clinic, actorOf(context), {
    photoId: params.photoId,
    kind: form.kind,
    ...Object.fromEntries(['x1Px', 'y1Px', 'x2Px', 'y2Px'].map((name) => [name, Number(form[name])])),
    ...(form.kind === 'scale' && mm > 0 ? { mm } : {}),
  });
  return answer.ok ? { ok: true as const } : data(answer, { status: refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: photoWords[loaderData?.locale ?? 'en'].photos }];
}

export default function OnePhoto({ loaderData }: Route.ComponentProps) {
  const { locale, zone, patientId, photo, lines, mayMeasure, mayUse } = loaderData;
  const words = photoWords[locale];
  const at = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  });
  const number = new Intl.NumberFormat(intlTag(locale), { maximumFractionDigits: 1 });
  const [kind, setKind] = useState<'scale' | 'length'>(
    lines.some((line) => line.kind === 'scale') ? 'length' : 'scale',
  );
  const [ends, setEnds] = useState<readonly Place[]>([]);
  const [mm, setMm] = useState('');
  const fetcher = useFetcher<typeof action>();
  const mmPerPx = mmPerPxOf(lines);
  const [from, to] = ends;
  const drawn = from && to && { x1Px: from.x, y1Px: from.y, x2Px: to.x, y2Px: to.y };
  const unit = Math.max(photo.widthPx, photo.heightPx) / 100;
  const refusal = fetcher.data && !fetcher.data.ok ? fetcher.data : null;
  const src = `/desk/photos/${photo.id}`;

  function save() {
    if (!drawn) return;
    const form = Object.fromEntries(Object.entries(drawn).map(([name, value]) => [name, String(value)]));
    void fetcher.submit({ ...form, kind, mm }, { method: 'post' });
    setEnds([]);
    setKind('length');
  }

  return (
    <div className="stack photos">
      <div className="photos-bar">
        <ButtonLink to={`/desk/patients/${patientId}/photos`}>{words.back}</ButtonLink>
        <a className="button" href={`${src}/original`} download>
          {words.original}
        </a>
      </div>
      <h2>
        {words.treatments[photo.treatment]}, {words.views[photo.view]}
      </h2>
      <p className="soft figures">
        {at.format(photo.takenAt)} · {words.size(photo.widthPx, photo.heightPx)}
      </p>
      <div className="photos-one">
        <Marker
          label={`${words.treatments[photo.treatment]}, ${words.views[photo.view]}`}
          help={words.measureHelp}
          src={`${src}/screen`}
          widthPx={photo.widthPx}
          heightPx={photo.heightPx}
          onPlace={(place) => setEnds((now) => [...now.slice(-1), place])}
        >
          {lines.map((line) => (
            <line
              key={line.id}
              className={line.kind === 'scale' ? 'marker-scale' : 'marker-line'}
              x1={line.x1Px}
              y1={line.y1Px}
              x2={line.x2Px}
              y2={line.y2Px}
              strokeWidth={unit / 3}
            />
          ))}
          {drawn ? (
            <line
              className="marker-line"
              x1={drawn.x1Px}
              y1={drawn.y1Px}
              x2={drawn.x2Px}
              y2={drawn.y2Px}
              strokeWidth={unit / 3}
            />
          ) : null}
          {ends.map((place, i) => (
            <circle key={`${i}-${place.x}`} className="marker-point" cx={place.x} cy={place.y} r={unit} />
          ))}
        </Marker>
        <div className="stack">
          {mayMeasure ? (
            <section className="stack-s" aria-label={words.measure}>
              <h3>{words.measure}</h3>
              <RadioGroup
                label={words.measure}
                value={kind}
                onChange={(value) => setKind(value as 'scale' | 'length')}
                options={[
                  { id: 'scale', label: words.scale },
                  { id: 'length', label: words.length, disabled: mmPerPx === undefined },
                ]}
              />
              {kind === 'scale' ? (
                <TextField label={words.lengthMm} inputMode="decimal" value={mm} onChange={setMm} />
              ) : drawn && mmPerPx !== undefined ? (
                <p className="figures" data-testid="length">
                  {number.format(mmPerPx * lengthPx(drawn))} mm
                </p>
              ) : null}
              <Button
                isDisabled={!drawn || (kind === 'scale' && mm.trim() === '')}
                isPending={fetcher.state !== 'idle'}
                onPress={save}
              >
                {words.saveLine}
              </Button>
              {refusal ? (
                <Alert tone="oxide" title={words.failed} live>
                  <Said>{refusal.message}</Said>
                </Alert>
              ) : null}
            </section>
          ) : null}
          {lines.length === 0 ? null : (
            <section className="stack-s" aria-label={words.lines}>
              <h3>{words.lines}</h3>
              <ul className="figures">
                {lines.map((line) => (
                  <li key={line.id}>
                    {line.kind === 'scale' ? words.scale : words.length}: {number.format(line.mm)} mm
                  </li>
                ))}
              </ul>
            </section>
          )}
          {mayUse ? (
            <details>
              <summary>{words.beyond}</summary>
              <p className="field-hint">{words.noteOnUse}</p>
              <ul className="stack-s">
                {(['teaching', 'publication', 'social-media'] as const).map((use) => (
                  <li key={use}>
                    <a href={`${src}/${use}`}>{words.uses[use]}</a>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
          <p className="field-hint photo-hash">
            {words.hash}: {photo.sha256}
          </p>
        </div>
      </div>
    </div>
  );
}
