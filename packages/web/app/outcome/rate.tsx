import { nextToRate, ratePair } from '@undertone/clinic/outcome/commands.ts';
import { scale } from '@undertone/clinic/outcome/rules.ts';
import { data, Form, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { useSaid } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/fields.tsx';
import { Alert, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/rate.ts';
import './outcome.css';
import { outcomeWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/ratings`: the next pair to rate blind. Neither page nor pictures say whose it is, when it was, or which is later. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const next = await nextToRate(clinic, actorOf(context));
  if (!next.ok) throw new Response(next.message, { status: 403 });
  return { locale: localeOf(request), pairId: next.pairId ?? null, waiting: next.waiting };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const texts = formTexts(await request.formData());
  const done = await ratePair(clinic, actorOf(context), texts.pair ?? '', { a: texts.a, b: texts.b });
  if (done.ok) return { did: 'rated' as const };
  return data(
    { did: 'refused' as const, message: done.message, field: done.field ?? '', texts },
    { status: done.reason === 'not-allowed' ? 403 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: outcomeWords[loaderData?.locale ?? 'en'].rate }];
}

export default function RatePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, pairId, waiting } = loaderData;
  const words = outcomeWords[locale];
  const isBusy = useNavigation().state === 'submitting';
  const say = useSaid();
  const refusal = actionData?.did === 'refused' ? actionData : undefined;
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>{words.rate}</h1>
        <p className="soft measure">{words.rateLead}</p>
      </header>
      {actionData?.did === 'rated' ? <Alert tone="verdigris" title={words.rated} live /> : null}
      {refusal && refusal.field === '' ? <Alert tone="ochre" title={say(refusal.message).text} live /> : null}
      {pairId === null ? (
        <EmptyState title={words.rateNone}>{words.rateNoneText}</EmptyState>
      ) : (
        <Form method="post" className="stack" key={pairId}>
          <p className="soft figures">{words.rateWaiting(waiting)}</p>
          <input type="hidden" name="pair" value={pairId} />
          <div className="outcome-pair">
            {(['a', 'b'] as const).map((side) => {
              const letter = side === 'a' ? 'A' : 'B';
              return (
                <section key={side} className="stack-s" aria-label={words.picture(letter)}>
                  <h2>{words.picture(letter)}</h2>
                  <img src={`/desk/ratings/${pairId}/${side}`} alt={words.pictureAlt(letter)} />
                  <RadioGroup
                    label={words.howWell(letter)}
                    name={side}
                    options={scale.map((id) => ({ id, label: words.ratings[id] }))}
                    defaultValue={refusal?.texts[side] ?? null}
                    error={refusal?.field === side ? say(refusal.message).text : undefined}
                  />
                </section>
              );
            })}
          </div>
          <div>
            <Button type="submit" look="strong" isPending={isBusy}>
              {words.rateSave}
            </Button>
          </div>
        </Form>
      )}
    </div>
  );
}
