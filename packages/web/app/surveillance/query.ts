import { isUuid } from '@undertone/clinic/platform/uuid.ts';
import type { RateQuery } from '@undertone/clinic/surveillance/commands.ts';
import {
  type Grouping,
  groupings,
  type MeasureId,
  measureIds,
} from '@undertone/clinic/surveillance/rules.ts';
import { isCalendarDay } from '@undertone/clinic/tenant/schema.ts';

const treatments = ['scalp', 'lip', 'vitiligo'] as const;

/** What an address asks for; anything it does not say, or says wrongly, is the last year of everything. */
export function askedOf(params: URLSearchParams, today: string): RateQuery & { readonly by: Grouping } {
  const one = <T extends string>(name: string, all: readonly T[]) =>
    all.find((option) => option === params.get(name));
  const day = (name: string) => {
    const text = params.get(name) ?? '';
    return isCalendarDay(text) ? text : undefined;
  };
  const treatment = one('treatment', treatments);
  const operatorId = params.get('operator') ?? undefined;
  const lotId = params.get('lot') ?? undefined;
  return {
    measure: one<MeasureId>('measure', measureIds) ?? 'any',
    by: one<Grouping>('by', groupings) ?? 'treatment',
    from: day('from') ?? yearBefore(today),
    to: day('to') ?? today,
    ...(treatment !== undefined && { treatment }),
    ...(isUuid(operatorId) && { operatorId }),
    ...(isUuid(lotId) && { lotId }),
  };
}

function yearBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCFullYear(at.getUTCFullYear() - 1);
  return at.toISOString().slice(0, 10);
}
