import { readPlan, readPlanPart } from '@undertone/clinic/planning/commands.ts';
import { planParts } from '@undertone/clinic/planning/rules.ts';
import { versionOf } from '../plans/version.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/plan-part.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
};

/**
 * `/desk/plans/:planId/:part`: one file of a plan, or `plan.json`. Pictures may be shown; the map and the paper are
 * always downloads, because what a device once sent must not run as a page of ours.
 */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const version = versionOf(url);
  const common = { 'Cache-Control': 'no-store', 'Content-Security-Policy': "default-src 'none'; sandbox" };
  if (params.part === 'plan.json') {
    const plan = await readPlan(clinic, actor, params.planId, version);
    if (!plan.ok) throw new Response(plan.message, { status: plan.reason === 'not-allowed' ? 403 : 404 });
    return new Response(plan.text, {
      headers: {
        ...common,
        'Content-Type': 'application/json',
        'Content-Disposition': 'attachment; filename="plan.json"',
      },
    });
  }
  const part = planParts.find((name) => name === params.part);
  if (!part) throw new Response('There is no such part of a plan', { status: 404 });
  const found = await readPlanPart(clinic, actor, params.planId, part, version);
  if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
  const isShown = found.mediaType.startsWith('image/') && found.mediaType !== 'image/svg+xml';
  const name = `${part}.${endings[found.mediaType] ?? 'bin'}`;
  return new Response(found.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      ...common,
      'Content-Type': found.mediaType,
      'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename="${name}"`,
    },
  });
}
