/** What the calendar's forms do. Booking's constraint decides; a refusal comes back with free times near it. */
import {
  blockTime,
  bookAtDesk,
  cancelBooking,
  confirmBooking,
  linkPatient,
  moveBooking,
  readSetup,
  setStatus,
  settleCallBack,
  undoLast,
} from '@undertone/clinic/booking/commands.ts';
import { actorFor } from '@undertone/clinic/booking/roles.ts';
import { dayNumber, minutesPerDay, resolveZone } from '@undertone/clinic/booking/rules.ts';
import { daySchema, phoneSchema, type Slot } from '@undertone/clinic/booking/schema.ts';
import { isUuid } from '@undertone/clinic/platform/uuid.ts';
import { createPatient } from '@undertone/clinic/record/commands.ts';
import { mayAt } from '@undertone/clinic/staff/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { listBranches } from '@undertone/clinic/tenant/commands.ts';
import { language } from '@undertone/clinic/tenant/schema.ts';
import { z } from 'zod';
import { deskTag, type Locale } from '../locales/index.ts';
import { instantOf, minuteOfClock } from './layout-rules.ts';

const id = z.uuid();
const blank = z.literal('').transform(() => undefined);
const maybeId = z.union([id, blank]).optional();
const text = z.string().trim().max(1000);
const maybeText = z.union([blank, text]).optional();
const day = daySchema;
const clock = z
  .string()
  .refine((one) => minuteOfClock(one) !== undefined, 'Give a time such as 10:30.')
  .transform((one) => minuteOfClock(one) as number);
const tick = z
  .string()
  .optional()
  .transform((one) => one !== undefined && one !== '');
const when = { day, clock };

const formSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('move'),
    id,
    ...when,
    practitionerId: maybeId,
    roomId: maybeId,
    machineId: maybeId,
    version: z.coerce.number().int(),
    outside: tick,
  }),
  z.object({
    intent: z.literal('book'),
    ...when,
    service: z.string().min(1),
    practitionerId: maybeId,
    patientId: maybeId,
    name: z.string().trim().min(1, 'A name is needed.').max(120),
    phone: z.union([blank, phoneSchema]).optional(),
    email: z.union([blank, z.email()]).optional(),
    language: language,
    note: maybeText,
    arrived: tick,
    outside: tick,
    callback: maybeId,
  }),
  z.object({ intent: z.literal('block'), ...when, until: clock, what: id, note: maybeText }),
  z.object({ intent: z.literal('status'), id, status: z.enum(['arrived', 'completed', 'no-show']) }),
  /** Ties a visit to a record, or to a new one made from what the person gave. */
  z.object({
    intent: z.literal('link'),
    id,
    patientId: maybeId,
    name: z.string().trim().min(1, 'A name is needed.').max(120),
    phone: z.union([blank, phoneSchema]).optional(),
    email: z.union([blank, z.email()]).optional(),
    language: language,
  }),
  z.object({ intent: z.literal('undo'), id }),
  z.object({ intent: z.literal('cancel'), id }),
  z.object({ intent: z.literal('confirm'), id }),
]);
type CalendarForm = z.infer<typeof formSchema>;
export type CalendarIntent = CalendarForm['intent'];

export interface Alternative {
  readonly day: string;
  readonly clock: string;
  readonly practitionerId: string | null;
  readonly text: string;
}

export type CalendarAnswer =
  | { readonly ok: true; readonly intent: CalendarIntent; readonly id: string }
  | {
      readonly ok: false;
      readonly intent: CalendarIntent | 'unknown';
      readonly id: string | null;
      readonly reason: string;
      readonly message: string;
      readonly field?: string;
      readonly alternatives: readonly Alternative[];
      /** A record made on the way; the next try uses it instead of making another. */
      readonly patientId?: string;
    };

interface Refused {
  readonly reason: string;
  readonly message: string;
  readonly field?: string | undefined;
  readonly alternatives?: readonly Slot[] | undefined;
}

/** Does what one form asks. Times are readings of the branch's clock. */
export async function actOnCalendar(
  clinic: Clinic,
  actor: Actor,
  locale: Locale,
  branchWish: string | null,
  form: Readonly<Record<string, string | undefined>>,
): Promise<CalendarAnswer> {
  const parsed = formSchema.safeParse(form);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    const intent = formSchema.options.map((one) => one.shape.intent.value).find((one) => one === form.intent);
    return {
      ok: false,
      intent: intent ?? 'unknown',
      id: isUuid(form.id) ? form.id : null,
      reason: 'bad-form',
      message: `${field}: ${issue?.message ?? 'not usable'}`,
      field,
      alternatives: [],
    };
  }
  const wish = parsed.data;
  const { tenantId } = actor;
  const by = actorFor(actor);
  const branches = (await listBranches(clinic, tenantId)).filter(({ id }) => mayAt(actor, id));
  const branch = branches.find((one) => one.id === branchWish) ?? branches[0];
  if (branch === undefined) throw new Response('The clinic has no branch yet', { status: 404 });

  const slotText = new Intl.DateTimeFormat(deskTag(locale), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: branch.zone,
  });
  const answer = (
    result: { ok: true; id: string } | ({ ok: false } & Refused),
    patientId?: string,
  ): CalendarAnswer =>
    result.ok
      ? { ok: true, intent: wish.intent, id: result.id }
      : {
          ok: false,
          intent: wish.intent,
          id: 'id' in wish ? wish.id : null,
          reason: result.reason,
          message: result.message,
          ...(result.field !== undefined && { field: result.field }),
          ...(patientId !== undefined && { patientId }),
          alternatives: (result.alternatives ?? []).map((slot) => ({
            day: slot.start.slice(0, 10),
            clock: slot.start.slice(11, 16),
            practitionerId: slot.staff[0] ?? null,
            text: slotText.format(Date.parse(slot.start)),
          })),
        };
  const changed = (result: { ok: true; booking: { id: string } } | ({ ok: false } & Refused)) =>
    answer(result.ok ? { ok: true, id: result.booking.id } : result);
  const minuteAt = (onDay: string, minuteOfDay: number) => {
    const localDay = dayNumber(onDay);
    const zone = resolveZone(branch.zone, (localDay - 2) * minutesPerDay, (localDay + 3) * minutesPerDay);
    return instantOf(zone, localDay, minuteOfDay);
  };

  switch (wish.intent) {
    case 'move':
      return changed(
        await moveBooking(clinic, tenantId, wish.id, by, {
          startMinute: minuteAt(wish.day, wish.clock),
          practitionerId: wish.practitionerId,
          roomId: wish.roomId,
          machineId: wish.machineId,
          desk: { ignoreHours: wish.outside, expectedVersion: wish.version },
        }),
      );
    case 'book': {
      const record = await recordFor(clinic, actor, wish);
      if (!record.ok) return answer(record);
      const { patientId } = record;
      const booked = await bookAtDesk(clinic, tenantId, by, {
        service: wish.service,
        startMinute: minuteAt(wish.day, wish.clock),
        branchId: branch.id,
        ...(wish.practitionerId !== undefined && { practitionerId: wish.practitionerId }),
        person: {
          name: wish.name,
          email: wish.email ?? null,
          phone: wish.phone ?? null,
          language: wish.language,
          patientId,
        },
        ...(wish.note !== undefined && { note: wish.note }),
        ignoreHours: wish.outside,
        arrived: wish.arrived,
      });
      if (!booked.ok) return answer(booked, patientId);
      const bookingId = booked.bookings[0]?.id as string;
      if (wish.callback !== undefined) {
        await settleCallBack(clinic, actor, wish.callback, { state: 'reached', bookingId });
      }
      return answer({ ok: true, id: bookingId });
    }
    case 'block': {
      const setup = await readSetup(clinic.db, tenantId);
      const isIn = (list: readonly { id: string }[]) => list.some((one) => one.id === wish.what);
      const blocked = await blockTime(clinic, tenantId, by, {
        branchId: branch.id,
        ...(isIn(setup.practitioners)
          ? { practitionerId: wish.what }
          : isIn(setup.rooms)
            ? { roomId: wish.what }
            : { machineId: wish.what }),
        fromMinute: minuteAt(wish.day, wish.clock),
        toMinute: minuteAt(wish.day, wish.until),
        ...(wish.note !== undefined && { note: wish.note }),
      });
      return answer(blocked.ok ? { ok: true, id: blocked.entry.id } : blocked);
    }
    case 'status':
      return changed(await setStatus(clinic, tenantId, wish.id, by, wish.status));
    case 'link': {
      const record = await recordFor(clinic, actor, wish);
      if (!record.ok) return answer(record);
      const linked = await linkPatient(clinic, tenantId, wish.id, by, record.patientId);
      return answer(linked.ok ? { ok: true, id: linked.booking.id } : linked, record.patientId);
    }
    case 'undo':
      return changed(await undoLast(clinic, tenantId, wish.id, by));
    case 'cancel':
      return changed(await cancelBooking(clinic, tenantId, wish.id, by, { by: 'clinic' }));
    case 'confirm':
      return changed(await confirmBooking(clinic, tenantId, wish.id, by));
  }
}

/** The record named, or a new one from what the form says; a number nobody can call is left out of it. */
async function recordFor(
  clinic: Clinic,
  actor: Actor,
  wish: {
    readonly patientId?: string | undefined;
    readonly name: string;
    readonly language: Locale;
    readonly phone?: string | undefined;
    readonly email?: string | undefined;
  },
): Promise<{ ok: true; patientId: string } | ({ ok: false } & Refused)> {
  if (wish.patientId !== undefined) return { ok: true, patientId: wish.patientId };
  const person = { name: wish.name, language: wish.language, email: wish.email ?? null };
  const phones = wish.phone === undefined ? [] : [wish.phone];
  let made = await createPatient(clinic, actor, { ...person, phones });
  if (!made.ok && made.field?.startsWith('phones')) made = await createPatient(clinic, actor, person);
  return made.ok ? { ok: true, patientId: made.patient.id } : made;
}
