/** What the desk's first page asks of the server about a clinic's beginning; it comes into no browser. */
import { readWholeSetup } from '@undertone/clinic/booking/commands.ts';
import type { Services } from '@undertone/clinic/platform/services.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Language } from '@undertone/clinic/tenant/schema.ts';
import { textsOfSample } from '@undertone/clinic/visitor/commands.ts';
import type { PageKey } from '@undertone/clinic/visitor/schema.ts';
import type { FirstStep } from './first-steps-list.ts';

/** Public texts that still name the sample clinic, for who may write them; none at the sample clinic itself. */
export async function foreignTexts(
  services: Pick<Services, 'db'>,
  actor: Actor,
  isSample: boolean,
): Promise<readonly { readonly pageKey: PageKey; readonly languages: readonly Language[] }[]> {
  if (isSample || !can(actor.role, 'content.write')) return [];
  const left = Map.groupBy(await textsOfSample(services, actor.tenantId), ({ pageKey }) => pageKey);
  return [...left].map(([pageKey, texts]) => ({ pageKey, languages: texts.map(({ language }) => language) }));
}

/**
 * Those of the first steps that are seen to be done, for who may do them; undefined when nothing could be booked without
 * them any more, or for somebody else. Prices, texts, pigments and staff are never "done": they are looked after.
 */
export async function doneFirstSteps(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<readonly FirstStep[] | undefined> {
  if (!can(actor.role, 'settings.write')) return undefined;
  const setup = await readWholeSetup(services, actor);
  if (!setup.ok) return undefined;
  const { hours, people, rooms, services: offered } = setup;
  const needed = { hours, rooms, people, services: offered };
  const done = (['hours', 'rooms', 'people', 'services'] as const).filter((id) => needed[id].length > 0);
  return done.length === Object.keys(needed).length ? undefined : done;
}
