import { addMonths } from '@undertone/clinic/reports/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import type { Asked } from '../server/context.ts';

/** The months an address asks for; without any, the year that ends now on the clinic's wall. */
export async function askedSpan(clinic: Asked['clinic'], params: URLSearchParams) {
  const zone = (await mainTenant(clinic))?.zone ?? 'UTC';
  const now = dayIn(zone, clinic.clock.now()).slice(0, 7);
  return { from: params.get('from') ?? addMonths(now, -11), to: params.get('to') ?? now };
}
