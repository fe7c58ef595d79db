import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { readPreviewPicture, removePreviewPicture } from '@undertone/clinic/visitor/preview-picture.ts';
import { data, Form } from 'react-router';
import { deskTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { studioWords } from '../studio/words.ts';
import { PictureWell } from '../ui/pictures.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/desk-picture.ts';
import { deskPictureWords } from './desk-words.ts';
import './preview.css';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

function pictureOf(params: Route.LoaderArgs['params']) {
  if (params.of !== 'booking' && params.of !== 'call-back')
    throw new Response('There is no page here', { status: 404 });
  return { kind: params.of, id: params.id } as const;
}

/**
 * `/desk/previews/booking/:id`: the marked picture a visitor sent along. It comes inside the page, so that looking is
 * read, and recorded, once.
 */
export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const locale = localeOf(request);
  const found = await readPreviewPicture(clinic, actorOf(context), pictureOf(params));
  if (!found.ok)
    return data({ locale, picture: null }, { status: found.reason === 'not-allowed' ? 403 : 404 });
  const zone = (await mainTenant(clinic))?.zone ?? 'UTC';
  const { shows, consentedAt } = found.picture;
  const when = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(consentedAt);
  const address = `data:${found.mediaType};base64,${Buffer.from(found.bytes).toString('base64')}`;
  return data({ locale, picture: { shows, when, address } }, { headers: { 'Cache-Control': 'no-store' } });
}

export async function action({ params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const removed = await removePreviewPicture(clinic, actorOf(context), pictureOf(params));
  return data(
    { removed: removed.ok },
    { status: removed.ok ? 200 : removed.reason === 'not-allowed' ? 403 : 404 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: deskPictureWords[loaderData?.locale ?? 'en'].title }];
}

export default function DeskPicturePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, picture } = loaderData;
  const words = deskPictureWords[locale];
  const shared = studioWords[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
      </header>
      {actionData?.removed ? (
        <Alert tone="verdigris" title={words.removed} live />
      ) : picture === null ? (
        <p className="measure">{words.gone}</p>
      ) : (
        <div className="stack desk-preview">
          <PictureWell>
            <img src={picture.address} alt={words.alt} />
          </PictureWell>
          <p>
            {shared.treatments[picture.shows.treatment]} · {shared.states[picture.shows.state]} ·{' '}
            {shared.ranges[picture.shows.range]}
          </p>
          <p className="soft">{words.consented(picture.when)}</p>
          <Form method="post" className="stack-s">
            <p className="soft measure">{words.removeWhy}</p>
            <p>
              <button type="submit" className="button" data-look="grave">
                {words.remove}
              </button>
            </p>
          </Form>
        </div>
      )}
      <p>
        <a href="/desk/inbox">{words.back}</a>
      </p>
    </>
  );
}
