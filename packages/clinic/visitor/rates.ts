/** The clinic's own counted rates, as the public risk page states them. */
import type { Services } from '../platform/services.ts';
import { publicRates } from '../surveillance/commands.ts';
import { leastPublished } from '../surveillance/rules.ts';
import { clopperPearson } from '../surveillance/statistics.ts';

/** A count among followed sessions with its exact 95 % interval (Clopper and Pearson 1934). */
export interface PublishedRate {
  readonly events: number;
  /** Sessions whose follow-up is known. */
  readonly people: number;
  readonly rate01: number;
  readonly low01: number;
  readonly high01: number;
}

export interface PublishedRates {
  /** Sessions with any adverse event. Null while too few sessions have been followed to state a rate. */
  readonly any: PublishedRate | null;
  /** By id of the risk; risks the clinic does not count are missing. */
  readonly byRisk: Readonly<Record<string, PublishedRate>>;
  /** Days of the first session and of the count, `YYYY-MM-DD` on the clinic's calendar. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Sessions followed so far, and how many are needed before a rate is stated. */
  readonly followed: number;
  readonly needed: number;
}

function rate({ events, people }: { readonly events: number; readonly people: number }): PublishedRate {
  return { events, people, rate01: events / people, ...clopperPearson(events, people) };
}

/** What may be published of the clinic's own results; surveillance decides whether it is enough. */
export async function publishedRates(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
): Promise<PublishedRates> {
  const { all, byRisk, followed, period } = await publicRates(services, tenantId);
  return {
    any: all === undefined ? null : rate(all),
    byRisk: Object.fromEntries(Object.entries(byRisk).map(([risk, count]) => [risk, rate(count)])),
    period: period ?? null,
    followed,
    needed: leastPublished.sessions,
  };
}
