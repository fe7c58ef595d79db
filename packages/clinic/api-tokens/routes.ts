/**
 * What a program with a token may do at the desk: bookings and patients. Each route calls the command the desk's own pages
 * call, so that constraint, role and audit are the same. Searches travel in the body: names do not belong into addresses.
 */
import { z } from 'zod';
import { type Call, json, type Route, refusal } from '../booking/api.ts';
import {
  bookAtDesk,
  type CalendarEntry,
  calendarEntry,
  cancelBooking,
  listCalendar,
  moveBooking,
  readAtDesk,
  setStatus,
} from '../booking/commands.ts';
import { idempotencyKey } from '../booking/once.ts';
import type { Person } from '../booking/place.ts';
import type { Refusal } from '../booking/queries.ts';
import { actorFor } from '../booking/roles.ts';
import { instantSchema, languageSchema, personName, phoneSchema, slugSchema } from '../booking/schema.ts';
import type { Services } from '../platform/services.ts';
import { createPatient, findPatients, getPatient } from '../record/commands.ts';
import { type Patient, patientForm } from '../record/schema.ts';
import type { Actor } from '../staff/schema.ts';
import { admitProgram } from './commands.ts';
import { type Once, once } from './once.ts';
import type { Scope } from './schema.ts';

const bookingSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['visit', 'block']),
    status: z.enum(['held', 'confirmed', 'arrived', 'completed', 'cancelled', 'no-show', 'expired']),
    start: z.string().meta({ description: 'ISO 8601, UTC.' }),
    end: z.string(),
    branch: z.uuid(),
    service: z.uuid().nullable(),
    staff: z.uuid().nullable(),
    room: z.uuid().nullable(),
    patient: z.uuid().nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language: z.string(),
    note: z.string().nullable(),
    version: z.int().meta({ description: 'Counts changes; send it with a change so that none is lost.' }),
  })
  .meta({ id: 'StaffBooking' });

const listQuery = z.object({
  from: instantSchema.meta({ description: 'First instant, with its offset.' }),
  to: instantSchema.meta({ description: 'Up to here, not included; at most 92 days later.' }),
  branch: z.uuid().optional(),
  staff: z.uuid().optional(),
});

const newBooking = z
  .object({
    service: slugSchema,
    start: instantSchema,
    staff: z.uuid().optional(),
    branch: z.uuid().optional(),
    patient: z.uuid().optional().meta({ description: 'Whose record it belongs to.' }),
    name: personName.optional().meta({ description: 'Needed without a patient.' }),
    email: z.email().max(254).optional(),
    phone: phoneSchema.optional(),
    language: languageSchema.default('en'),
    note: z.string().trim().max(1000).optional(),
    ignoreHours: z.boolean().default(false),
  })
  .refine((b) => b.patient !== undefined || b.name !== undefined, {
    path: ['name'],
    message: 'Give a patient, or the name of the person.',
  })
  .meta({ id: 'StaffBookingRequest' });

const bookingChange = z
  .discriminatedUnion('action', [
    z.object({
      action: z.literal('move'),
      start: instantSchema,
      staff: z.uuid().optional(),
      branch: z.uuid().optional(),
      ignoreHours: z.boolean().default(false),
      version: z.int().optional(),
    }),
    z.object({ action: z.enum(['arrived', 'completed', 'no-show']) }),
  ])
  .meta({ id: 'StaffBookingChange' });

const foundSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    language: z.string(),
    birthDate: z.string().nullable(),
    birthDateExact: z.boolean(),
    phone: z.string().nullable(),
    synthetic: z.boolean(),
  })
  .meta({ id: 'FoundPatient' });

const patientSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    language: z.string(),
    birthDate: z.string().nullable(),
    birthDateExact: z
      .boolean()
      .meta({ description: 'False: only an age was told; the latest day that fits it.' }),
    sex: z.enum(['female', 'male', 'other']).nullable(),
    phones: z.array(z.string()).meta({ description: 'E.164.' }),
    email: z.string().nullable(),
    synthetic: z.boolean(),
    mergedInto: z.uuid().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Patient' });

const searchBody = z
  .object({ text: z.string().max(200), limit: z.int().min(1).max(200).default(20) })
  .meta({ id: 'PatientSearch' });

const onceHeaders = z.object({ 'Idempotency-Key': idempotencyKey });
const keyProblems = ['idempotency-key-missing', 'idempotency-key-reused'];
const tokenProblems = ['token-missing', 'token-invalid', 'scope-missing', 'too-many-requests', 'not-allowed'];

type StaffRoute = Omit<Route, 'run' | 'admit' | 'scope' | 'problems'> & {
  readonly scope: Scope;
  readonly problems: readonly string[];
  run(call: Call & { readonly member: Actor }): Promise<Response>;
};

/** A route that only a program with this scope may call. */
function guarded(route: StaffRoute): Route {
  const { scope, operationId, problems } = route;
  return {
    ...route,
    problems: [...tokenProblems, ...problems],
    admit: (services, request) =>
      admitProgram(services, request.headers.get('authorization'), { scope, operation: operationId }),
    run: (call) => route.run(call as Call & { readonly member: Actor }),
  };
}

const list: StaffRoute = {
  method: 'GET',
  path: '/api/v1/staff/bookings',
  operationId: 'listStaffBookings',
  summary: 'Everything in the calendar between two instants, cancelled and expired included.',
  scope: 'bookings:read',
  query: listQuery,
  replies: { 200: { description: 'Bookings.', schema: z.object({ bookings: z.array(bookingSchema) }) } },
  problems: ['invalid-input', 'range-backwards', 'range-too-long'],
  run: async ({ services, member, query }) => {
    const { from, to, branch, staff } = query as z.infer<typeof listQuery>;
    const fromMinute = minuteOf(from);
    const toMinute = minuteOf(to);
    if (toMinute <= fromMinute)
      return refusal({ ok: false, reason: 'range-backwards', message: 'The end lies before the beginning.' });
    if (toMinute - fromMinute > 92 * 1440)
      return refusal({ ok: false, reason: 'range-too-long', message: 'Ask for at most 92 days at once.' });
    const found = await listCalendar(services, member, {
      fromMinute,
      toMinute,
      ...(branch !== undefined && { branchId: branch }),
      ...(staff !== undefined && { practitionerId: staff }),
    });
    return found.ok ? json(200, { bookings: found.entries.map(bookingOf) }) : refusal(found);
  },
};

const create: StaffRoute = {
  method: 'POST',
  path: '/api/v1/staff/bookings',
  operationId: 'createStaffBooking',
  summary: 'Books at once, as the desk does: confirmed, without challenge, notice or horizon.',
  scope: 'bookings:write',
  headers: onceHeaders,
  body: newBooking,
  replies: {
    201: { description: 'Booked.', schema: bookingSchema },
    200: { description: 'The same request again: the same booking, as it is now.', schema: bookingSchema },
  },
  problems: [
    'invalid-input',
    ...keyProblems,
    'not-found',
    'service-unknown',
    'slot-taken',
    'slot-not-offered',
    'person-busy',
    'place-unsuitable',
  ],
  run: async (call) => {
    const wanted = call.body as z.infer<typeof newBooking>;
    const { member } = call;
    const person = await personOf(call.services, member, wanted);
    if (!person.ok) return refusal(person);
    return makeOnce(call, 'createStaffBooking', {
      make: async (services) => {
        const made = await bookAtDesk(services, member.tenantId, actorFor(member), {
          service: wanted.service,
          startMinute: minuteOf(wanted.start),
          person: person.person,
          ignoreHours: wanted.ignoreHours,
          ...(wanted.staff !== undefined && { practitionerId: wanted.staff }),
          ...(wanted.branch !== undefined && { branchId: wanted.branch }),
          ...(wanted.note !== undefined && { note: wanted.note }),
        });
        if (!made.ok) return made;
        const entry = made.bookings[0] as CalendarEntry;
        return { ok: true, ids: { bookingId: entry.id }, value: bookingOf(entry) };
      },
      again: async ({ bookingId = '' }) => {
        const found = await readAtDesk(call.services, member, bookingId);
        return found.ok ? { ok: true, value: bookingOf(found.entry) } : found;
      },
    });
  },
};

const change: StaffRoute = {
  method: 'PATCH',
  path: '/api/v1/staff/bookings/{id}',
  operationId: 'changeStaffBooking',
  summary: 'Moves a visit, or says that the person came, that it is done, or that nobody came.',
  scope: 'bookings:write',
  body: bookingChange,
  replies: { 200: { description: 'The booking as it is now.', schema: bookingSchema } },
  problems: [
    'invalid-input',
    'booking-unknown',
    'slot-taken',
    'slot-not-offered',
    'person-busy',
    'wrong-status',
  ],
  run: async ({ services, member, params, body }) => {
    const wanted = body as z.infer<typeof bookingChange>;
    const id = idOf(params);
    const actor = actorFor(member);
    const answer =
      wanted.action === 'move'
        ? await moveBooking(services, member.tenantId, id, actor, {
            startMinute: minuteOf(wanted.start),
            practitionerId: wanted.staff,
            branchId: wanted.branch,
            desk: {
              ignoreHours: wanted.ignoreHours,
              ...(wanted.version !== undefined && { expectedVersion: wanted.version }),
            },
          })
        : await setStatus(services, member.tenantId, id, actor, wanted.action);
    return answer.ok ? json(200, bookingOf(calendarEntry(answer.booking))) : refusal(answer);
  },
};

const cancelQuery = z.object({ reason: z.string().trim().max(500).optional() });
const cancel: StaffRoute = {
  method: 'DELETE',
  path: '/api/v1/staff/bookings/{id}',
  operationId: 'cancelStaffBooking',
  summary: 'Cancels a visit on the clinic’s side; the person is told.',
  scope: 'bookings:write',
  query: cancelQuery,
  replies: { 200: { description: 'The cancelled booking.', schema: bookingSchema } },
  problems: ['booking-unknown', 'not-open', 'already-started'],
  run: async ({ services, member, params, query }) => {
    const { reason } = query as z.infer<typeof cancelQuery>;
    const answer = await cancelBooking(services, member.tenantId, idOf(params), actorFor(member), {
      by: 'clinic',
      reason,
    });
    return answer.ok ? json(200, bookingOf(calendarEntry(answer.booking))) : refusal(answer);
  },
};

const search: StaffRoute = {
  method: 'POST',
  path: '/api/v1/staff/patients/search',
  operationId: 'searchPatients',
  summary: 'Patients by name or telephone, misspellings included; the newest for an empty text.',
  scope: 'patients:read',
  body: searchBody,
  replies: {
    200: { description: 'The best first.', schema: z.object({ patients: z.array(foundSchema) }) },
  },
  problems: ['invalid-input'],
  run: async ({ services, member, body }) => {
    const { text, limit } = body as z.infer<typeof searchBody>;
    const found = await findPatients(services, member, text, limit);
    return found.ok ? json(200, { patients: found.patients }) : refusal(found);
  },
};

const read: StaffRoute = {
  method: 'GET',
  path: '/api/v1/staff/patients/{id}',
  operationId: 'getPatient',
  summary: 'Who a patient is and how to reach them. What is clinical is read as FHIR.',
  scope: 'patients:read',
  replies: { 200: { description: 'The patient.', schema: patientSchema } },
  problems: ['not-found'],
  run: async ({ services, member, params }) => {
    const found = await getPatient(services, member, params.id ?? '');
    return found.ok ? json(200, patientOf(found.patient)) : refusal(found);
  },
};

const enrol: StaffRoute = {
  method: 'POST',
  path: '/api/v1/staff/patients',
  operationId: 'createPatient',
  summary: 'Adds a patient.',
  scope: 'patients:write',
  headers: onceHeaders,
  body: patientForm.meta({ id: 'PatientForm' }),
  replies: {
    201: { description: 'The patient.', schema: patientSchema },
    200: { description: 'The same request again: the same patient, as they are now.', schema: patientSchema },
  },
  problems: ['invalid-input', ...keyProblems, 'bad-phone', 'born-in-future'],
  run: (call) =>
    makeOnce(call, 'createPatient', {
      make: async (services) => {
        const made = await createPatient(services, call.member, call.body as z.infer<typeof patientForm>);
        if (!made.ok) return made;
        return { ok: true, ids: { patientId: made.patient.id }, value: patientOf(made.patient) };
      },
      again: async ({ patientId = '' }) => {
        const found = await getPatient(call.services, call.member, patientId);
        return found.ok ? { ok: true, value: patientOf(found.patient) } : found;
      },
    }),
};

export const staffRoutes: readonly Route[] = [list, create, change, cancel, search, read, enrol].map(guarded);

/** What makes something answers 201 the first time, and 200 with the same thing however often it is sent again. */
async function makeOnce(
  { services, member, request, body }: Call & { readonly member: Actor },
  operation: string,
  what: Pick<Once<Refusal>, 'make' | 'again'>,
): Promise<Response> {
  const key = request.headers.get('idempotency-key');
  const made = await once<Refusal>(services, member, { operation, key, content: body, ...what });
  if (!made.ok) return refusal(made);
  const response = json(made.isReplayed ? 200 : 201, made.value);
  if (made.isReplayed) response.headers.set('Idempotency-Replayed', 'true');
  return response;
}

async function personOf(
  services: Services,
  member: Actor,
  wanted: z.infer<typeof newBooking>,
): Promise<{ ok: true; person: Person } | Refusal> {
  const { name: called = '', email = null, phone = null, language } = wanted;
  if (wanted.patient === undefined)
    return { ok: true, person: { name: called, email, phone, language, patientId: null } };
  const found = await getPatient(services, member, wanted.patient);
  if (!found.ok) return found;
  const { patient } = found;
  return {
    ok: true,
    person: {
      name: wanted.name ?? patient.name,
      email: email ?? patient.email,
      phone: phone ?? patient.phones[0] ?? null,
      language: patient.language,
      patientId: patient.id,
    },
  };
}

function minuteOf(instant: string): number {
  return Date.parse(instant) / 60_000;
}

/** An id no booking has stands for whatever is not an id at all: the answer is the same. */
function idOf(params: Readonly<Record<string, string>>): string {
  return z.uuid().safeParse(params.id).data ?? '00000000-0000-4000-8000-000000000000';
}

function bookingOf(entry: CalendarEntry): z.infer<typeof bookingSchema> {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  return {
    id: entry.id,
    kind: entry.kind,
    status: entry.status,
    start: at(entry.startMinute),
    end: at(entry.endMinute),
    branch: entry.branchId,
    service: entry.serviceId,
    staff: entry.practitionerId,
    room: entry.roomId,
    patient: entry.patientId,
    name: entry.name,
    phone: entry.phone,
    email: entry.email,
    language: entry.language,
    note: entry.note,
    version: entry.version,
  };
}

function patientOf(patient: Patient): z.infer<typeof patientSchema> {
  return {
    id: patient.id,
    name: patient.name,
    language: patient.language,
    birthDate: patient.birthDate,
    birthDateExact: patient.birthDateExact,
    sex: patient.sex,
    phones: [...patient.phones],
    email: patient.email,
    synthetic: patient.synthetic,
    mergedInto: patient.mergedInto,
    version: patient.version,
  };
}
