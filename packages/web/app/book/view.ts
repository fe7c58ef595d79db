/** What the booking page shows for what has been chosen so far; the same for an address and for a sent form. */
import { findAvailability, listServices } from '@undertone/clinic/booking/commands.ts';
import { daySchema, type PublicService } from '@undertone/clinic/booking/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { addDays, dayIn } from '@undertone/clinic/tenant/schema.ts';
import type { Locale } from '../locales/index.ts';
import { daysOf, momentOf, placeOf, type ShownDay, textIn, zoneName } from './slots.ts';

export interface Chosen {
  readonly service: string;
  readonly branch: string;
  readonly staff: string;
  readonly from: string;
  readonly start: string;
  /** The visitor did the self-check, or the doctor examined them: a treatment's times may be shown. */
  readonly checked: boolean;
}

export interface ShownService {
  readonly slug: string;
  readonly name: string;
  readonly kind: PublicService['kind'];
  readonly treatment: PublicService['treatment'];
  readonly durationMinutes: number;
  readonly price: PublicService['price'];
  readonly deposit: PublicService['deposit'];
  readonly preparation: string;
  readonly series: PublicService['series'];
}

export interface BookingView {
  readonly clinicName: string;
  readonly services: readonly ShownService[];
  readonly service: ShownService | null;
  /** A treatment that the visitor has not been checked for. */
  readonly needsCheck: boolean;
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly staff: readonly { readonly id: string; readonly name: string }[];
  readonly place: string;
  readonly zone: string;
  readonly zoneName: string;
  readonly days: readonly ShownDay[];
  readonly laterFrom: string | null;
  readonly isFirst: boolean;
  /** The chosen time in words. */
  readonly moment: string | null;
}

/** Days offered at once, and how far ahead they are looked for. */
const daysAtOnce = 5;
const searchDays = 42;

export async function bookingView(
  clinic: Clinic,
  locale: Locale,
  chosen: Chosen,
): Promise<BookingView | undefined> {
  const tenant = await mainTenant(clinic);
  if (tenant === undefined) return undefined;
  const services = (await listServices(clinic, tenant.id)).map((service) => ({
    ...service,
    name: textIn(service.names, locale),
    preparation: textIn(service.preparation, locale),
  }));
  const service = services.find(({ slug }) => slug === chosen.service) ?? null;
  const needsCheck = service?.kind === 'treatment' && !chosen.checked;
  const branches = await listBranches(clinic, tenant.id);
  const branch = branches.find(({ id }) => id === chosen.branch) ?? branches[0];
  const zone = branch?.zone ?? tenant.zone;
  const now = clinic.clock.now();
  const today = dayIn(zone, now);
  const from = daySchema.safeParse(chosen.from).success && chosen.from > today ? chosen.from : today;
  const view = {
    clinicName: tenant.name,
    services,
    service,
    needsCheck,
    branches: branches.map(({ id, name }) => ({ id, name })),
    place: placeOf(branch) || tenant.name,
    zone,
    zoneName: zoneName(zone, now, locale),
    isFirst: from === today,
    moment:
      chosen.start === '' || Number.isNaN(Date.parse(chosen.start))
        ? null
        : momentOf(chosen.start, zone, locale),
  };
  if (service === null || needsCheck) return { ...view, staff: [], days: [], laterFrom: null };
  const ask = (staff?: string) =>
    findAvailability(clinic, tenant.id, {
      service: service.slug,
      from,
      to: addDays(from, searchDays - 1),
      ...(branch === undefined ? {} : { branch: branch.id }),
      ...(staff === undefined ? {} : { staff }),
    });
  const all = await ask();
  if (!all.ok) return { ...view, staff: [], days: [], laterFrom: null };
  const staff = all.staff.find(({ id }) => id === chosen.staff);
  const found = staff === undefined ? all : await ask(staff.id);
  const { days, hasMore } = daysOf(found.ok ? found.slots : [], zone, locale, daysAtOnce);
  const last = days.at(-1)?.day;
  return {
    ...view,
    staff: all.staff,
    days,
    laterFrom:
      hasMore && last !== undefined
        ? addDays(last, 1)
        : last === undefined
          ? addDays(from, searchDays)
          : null,
  };
}
