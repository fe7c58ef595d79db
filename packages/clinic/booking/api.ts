/**
 * The public HTTP API: one table of routes, from which requests are answered and the OpenAPI document is made. Mounted
 * by the web server with `handleApi(request, { services, address })`; undefined means "not one of mine".
 */
import { z } from 'zod';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';
import { mainTenant } from '../tenant/commands.ts';
import { requestBooking } from './book.ts';
import { bookingByToken, cancelByToken, changeByToken } from './change.ts';
import { readFeed } from './feeds.ts';
import { countAttempt, issueChallenge, type RateRule, rateRules } from './limits.ts';
import { idempotencyKey, keyMissing } from './once.ts';
import { openApiDocument, type RouteDescription } from './openapi.ts';
import { findAvailability, listServices, type Refusal } from './queries.ts';
import {
  availabilityQuerySchema,
  availabilitySchema,
  bookingChangeSchema,
  bookingReplySchema,
  bookingRequestSchema,
  bookingSchema,
  cancelQuerySchema,
  challengeSchema,
  type Problem,
  serviceSchema,
  type WaitlistRequest,
  waitlistPlaceSchema,
  waitlistReplySchema,
  waitlistRequestSchema,
} from './schema.ts';
import { askForEarlierTime, leaveWaitlist, waitlistPlaceByToken } from './waitlist-request.ts';

export interface ApiContext {
  readonly services: Services;
  /** The visitor's network address. */
  readonly address: string;
  /** The clinic asked; without it, the first one of this installation. */
  readonly tenantId?: string;
  /** Routes of other subjects, answered and described with these. */
  readonly more?: readonly Route[];
}

/** A request that was understood, as a route's code is told of it. */
export interface Call {
  readonly services: Services;
  readonly tenantId: string;
  readonly address: string;
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** Of a route with `admit`. */
  readonly member?: Actor;
  /** Every route served, for the description of them all. */
  readonly routes: readonly Route[];
}

export interface Route extends RouteDescription {
  readonly limit?: RateRule;
  /** Who asks, on routes that are not for everybody: asked before anything of the request is read. */
  readonly admit?: (services: Services, request: Request) => Promise<{ ok: true; member: Actor } | Refusal>;
  run(call: Call): Promise<Response>;
}

const linkProblems = ['link-unknown', 'link-expired', 'booking-unknown', 'too-many-requests'];

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/services',
    operationId: 'listServices',
    summary: 'The services people can book, in the order the clinic shows them.',
    replies: {
      200: { description: 'All services.', schema: z.object({ services: z.array(serviceSchema) }) },
    },
    problems: [],
    run: async ({ services, tenantId }) =>
      json(200, { services: await listServices(services, tenantId) }, 'public, max-age=60'),
  },
  {
    method: 'GET',
    path: '/api/v1/availability',
    operationId: 'findAvailability',
    summary: 'Free times of a service between two days of the clinic’s calendar.',
    query: availabilityQuerySchema,
    replies: { 200: { description: 'Free times, earliest first.', schema: availabilitySchema } },
    problems: ['invalid-input', 'service-unknown', 'range-backwards', 'range-too-long'],
    run: async ({ services, tenantId, query }) => {
      const found = await findAvailability(
        services,
        tenantId,
        query as z.infer<typeof availabilityQuerySchema>,
      );
      if (!found.ok) return refusal(found);
      const { ok: _, ...value } = found;
      return json(200, value);
    },
  },
  {
    method: 'GET',
    path: '/api/v1/challenge',
    operationId: 'getChallenge',
    summary:
      'A proof-of-work challenge (ALTCHA version 2) to solve before booking; good for 20 minutes, once.',
    replies: { 200: { description: 'The challenge.', schema: challengeSchema } },
    problems: ['too-many-requests'],
    limit: rateRules.challengePerAddress,
    run: async ({ services, tenantId }) => json(200, await issueChallenge(services, tenantId)),
  },
  {
    method: 'POST',
    path: '/api/v1/bookings',
    operationId: 'createBooking',
    summary:
      'Holds a time and sends a link to confirm it; without an e-mail address, asks to be called back.',
    headers: z.object({ 'Idempotency-Key': idempotencyKey }),
    body: bookingRequestSchema,
    replies: {
      201: { description: 'Held, or on the list to call back.', schema: bookingReplySchema },
      200: { description: 'The same request again: the same reply.', schema: bookingReplySchema },
    },
    problems: [
      'invalid-input',
      'idempotency-key-missing',
      'idempotency-key-reused',
      'challenge-invalid',
      'challenge-expired',
      'challenge-used',
      'too-many-requests',
      'service-unknown',
      'service-not-online',
      'slot-taken',
      'slot-not-offered',
      'person-busy',
      'self-check-first',
      'series-not-possible',
      'no-series',
    ],
    run: async ({ services, tenantId, request, body, address }) => {
      const key = idempotencyKey.safeParse(request.headers.get('idempotency-key') ?? undefined);
      if (!key.success) return refusal(keyMissing);
      const answer = await requestBooking(services, tenantId, body as z.infer<typeof bookingRequestSchema>, {
        idempotencyKey: key.data,
        address,
      });
      if (!answer.ok) return refusal(answer);
      const response = json(answer.replayed ? 200 : 201, answer.reply);
      if (answer.replayed) response.headers.set('Idempotency-Replayed', 'true');
      return response;
    },
  },
  {
    method: 'GET',
    path: '/api/v1/bookings/{token}',
    operationId: 'getBooking',
    summary: 'A booking by its link.',
    replies: { 200: { description: 'The booking.', schema: bookingSchema } },
    problems: linkProblems,
    limit: rateRules.linkPerAddress,
    run: async ({ services, tenantId, params }) => {
      const found = await bookingByToken(services, tenantId, params.token ?? '');
      return found.ok ? json(200, found.booking) : refusal(found);
    },
  },
  {
    method: 'PATCH',
    path: '/api/v1/bookings/{token}',
    operationId: 'changeBooking',
    summary: 'Confirms a held booking or takes an offer (by the e-mailed link), or moves a booking.',
    body: bookingChangeSchema,
    replies: { 200: { description: 'The booking as it is now.', schema: bookingSchema } },
    problems: [
      ...linkProblems,
      'invalid-input',
      'link-not-for-this',
      'hold-expired',
      'offer-over',
      'not-open',
      'already-started',
      'too-late-to-move',
      'moved-too-often',
      'slot-taken',
      'slot-not-offered',
      'person-busy',
      'wrong-status',
    ],
    limit: rateRules.linkPerAddress,
    run: async ({ services, tenantId, params, body }) => {
      const change = body as z.infer<typeof bookingChangeSchema>;
      const answer = await changeByToken(services, tenantId, params.token ?? '', change);
      return answer.ok ? json(200, answer.booking) : refusal(answer);
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/bookings/{token}',
    operationId: 'cancelBooking',
    summary: 'Cancels a booking.',
    query: cancelQuerySchema,
    replies: { 200: { description: 'The cancelled booking.', schema: bookingSchema } },
    problems: [...linkProblems, 'not-open', 'already-started'],
    limit: rateRules.linkPerAddress,
    run: async ({ services, tenantId, params, query }) => {
      const { reason } = query as z.infer<typeof cancelQuerySchema>;
      const answer = await cancelByToken(services, tenantId, params.token ?? '', reason);
      return answer.ok ? json(200, answer.booking) : refusal(answer);
    },
  },
  {
    method: 'POST',
    path: '/api/v1/waitlist',
    operationId: 'joinWaitlist',
    summary: 'Asks to be offered a time that becomes free; the same wish again is the same place.',
    body: waitlistRequestSchema,
    replies: { 201: { description: 'On the list.', schema: waitlistReplySchema } },
    problems: [
      'invalid-input',
      'challenge-invalid',
      'challenge-expired',
      'challenge-used',
      'too-many-requests',
      'service-unknown',
      'branch-unknown',
      'days-over',
      'days-too-many',
      'no-way-to-offer',
    ],
    run: async ({ services, tenantId, body, address }) => {
      const answer = await askForEarlierTime(services, tenantId, body as WaitlistRequest, { address });
      if (!answer.ok) return refusal(answer);
      const { token, place } = answer;
      return json(201, { token, place });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/waitlist/{token}',
    operationId: 'getWaitlistPlace',
    summary: 'A place in the waiting list by its link.',
    replies: { 200: { description: 'The wish and where it stands.', schema: waitlistPlaceSchema } },
    problems: ['link-unknown', 'link-expired', 'too-many-requests'],
    limit: rateRules.linkPerAddress,
    run: async ({ services, tenantId, params }) => {
      const found = await waitlistPlaceByToken(services, tenantId, params.token ?? '');
      return found.ok ? json(200, found.place) : refusal(found);
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/waitlist/{token}',
    operationId: 'leaveWaitlist',
    summary: 'Leaves the waiting list; a time held for an offer goes to the next in line.',
    replies: { 200: { description: 'The wish, withdrawn.', schema: waitlistPlaceSchema } },
    problems: ['link-unknown', 'link-expired', 'too-many-requests'],
    limit: rateRules.linkPerAddress,
    run: async ({ services, tenantId, params }) => {
      const answer = await leaveWaitlist(services, tenantId, params.token ?? '');
      return answer.ok ? json(200, answer.place) : refusal(answer);
    },
  },
  {
    method: 'GET',
    path: '/calendar/{secret}',
    operationId: 'readCalendarFeed',
    summary: 'A practitioner’s private calendar (the secret ends in .ics).',
    replies: { 200: { description: 'iCalendar.', mediaType: 'text/calendar' } },
    problems: ['not-found', 'too-many-requests'],
    limit: rateRules.linkPerAddress,
    run: async ({ services, params }) => {
      const text = await readFeed(services, (params.secret ?? '').replace(/\.ics$/, ''));
      if (text === undefined) return notFound();
      return new Response(text, {
        headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
      });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This description.',
    replies: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
    problems: [],
    run: async ({ services, routes: all }) =>
      json(200, openApiDocument(all, services.config.http.publicUrl), 'public, max-age=300'),
  },
];

/** The routes without their code, for tests and documentation. */
export function describeRoutes(): readonly RouteDescription[] {
  return routes;
}

export async function handleApi(request: Request, context: ApiContext): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (!/^\/(api\/v1|calendar)\//.test(url.pathname)) return undefined;
  const all = [...routes, ...(context.more ?? [])];
  const matching = all.flatMap((route) => {
    const params = match(route.path, url.pathname);
    return params === undefined ? [] : [{ route, params }];
  });
  if (matching.length === 0) return undefined;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = matching.find(({ route }) => route.method === method);
  if (found === undefined) {
    const allow = matching.map(({ route }) => route.method).join(', ');
    const problem: Refusal = { ok: false, reason: 'method-not-allowed', message: `Allowed here: ${allow}.` };
    const response = refusal(problem);
    response.headers.set('Allow', allow);
    return response;
  }
  const { route, params } = found;
  const admitted = await route.admit?.(context.services, request);
  if (admitted?.ok === false) return refusal(admitted);
  const tenantId = admitted?.member.tenantId ?? context.tenantId ?? (await mainTenant(context.services))?.id;
  if (tenantId === undefined) return notFound();
  if (route.limit !== undefined) {
    const { services, address } = context;
    const counted = await countAttempt(services, services.db, tenantId, route.limit, address);
    if (!counted.ok) return refusal(counted);
  }
  const query = (route.query ?? z.object({})).safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return invalid(query.error);
  let body: unknown;
  if (route.body !== undefined) {
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
      const message = 'Send JSON, with Content-Type: application/json.';
      return refusal({ ok: false, reason: 'not-json', message });
    }
    const sent: unknown = await request.json().catch(() => undefined);
    if (sent === undefined)
      return refusal({
        ok: false,
        reason: 'invalid-input',
        message: 'What was sent cannot be read as JSON.',
      });
    const parsed = route.body.safeParse(sent);
    if (!parsed.success) return invalid(parsed.error);
    body = parsed.data;
  }
  const member = admitted && { member: admitted.member };
  return route.run({
    ...context,
    ...member,
    routes: all,
    tenantId,
    request,
    params,
    query: query.data,
    body,
  });
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] as string;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== value) return undefined;
    } else if (value === '') return undefined;
    else params[name] = value;
  }
  return params;
}

export function json(status: number, value: unknown, cacheControl = 'no-store'): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': cacheControl },
  });
}

/** Statuses that are not 409 Conflict. */
const statusOf: Readonly<Record<string, number>> = {
  'invalid-input': 400,
  'idempotency-key-missing': 400,
  'range-backwards': 400,
  'range-too-long': 400,
  'bad-form': 400,
  'bad-phone': 400,
  'born-in-future': 400,
  'token-missing': 401,
  'token-invalid': 401,
  'scope-missing': 403,
  'not-allowed': 403,
  'challenge-invalid': 403,
  'challenge-expired': 403,
  'challenge-used': 403,
  'link-not-for-this': 403,
  'service-not-online': 403,
  'days-over': 422,
  'days-too-many': 422,
  'no-way-to-offer': 422,
  'branch-unknown': 404,
  'service-unknown': 404,
  'booking-unknown': 404,
  'link-unknown': 404,
  'not-found': 404,
  'method-not-allowed': 405,
  'link-expired': 410,
  'link-used': 410,
  'hold-expired': 410,
  'offer-over': 410,
  'not-json': 415,
  'idempotency-key-reused': 422,
  'self-check-first': 422,
  'no-series': 422,
  'too-many-requests': 429,
};

export function refusal(refused: Refusal): Response {
  const status = statusOf[refused.reason] ?? 409;
  const problem: Problem = {
    type: `urn:undertone:problem:${refused.reason}`,
    title: refused.reason.replaceAll('-', ' '),
    status,
    detail: refused.message,
    code: refused.reason,
    ...(refused.field === undefined ? {} : { field: refused.field }),
    ...(refused.alternatives === undefined ? {} : { alternatives: refused.alternatives }),
    ...(refused.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refused.retryAfterSeconds }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(refused.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(refused.retryAfterSeconds) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
  });
}

function invalid(error: z.ZodError): Response {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return refusal({
    ok: false,
    reason: 'invalid-input',
    message: field === '' ? (issue?.message ?? 'The input cannot be read.') : `${field}: ${issue?.message}`,
    ...(field === '' ? {} : { field }),
  });
}

function notFound(): Response {
  return refusal({ ok: false, reason: 'not-found', message: 'There is nothing here.' });
}
