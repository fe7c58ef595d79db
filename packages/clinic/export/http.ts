/** `$export` of the Bulk Data Access guide (HL7, version 2): asked for, waited for, fetched file by file, or given up. */
import { fhirBase } from '../fhir/commands.ts';
import { type FhirOperation, fhirJson, refuse } from '../fhir/http.ts';
import { outcomeOf, readSpan, readTypes } from '../fhir/rules.ts';
import type { FhirRefusal } from '../fhir/schema.ts';
import { typeFacts } from '../fhir/sources.ts';
import type { Services } from '../platform/services.ts';
import { askForBulk, type BulkState, bulkState, cancelBulk, readBulkFile } from './commands.ts';
import type { ExportRefusal } from './schema.ts';

const ndjson = /^(ndjson|application\/ndjson|application\/fhir\+ndjson)$/i;

/** Seconds after which a program should ask again. */
const askAgainSeconds = 5;

export const bulkOperation: FhirOperation = async ({ services, request, url, path, admit }) => {
  if (path === '$export' || path === 'Patient/$export') {
    if (request.method !== 'GET') return refuse(onlyGet);
    const asked = await admit('export:run', 'fhir $export');
    if (!asked.ok) return refuse(asked);
    const wish = readWish(request, url, path !== '$export');
    if (!wish.ok) return refuse(wish);
    const begun = await askForBulk(services, asked.member, wish.wish);
    if (!begun.ok) return refuse(fhirRefusal(begun));
    const status = `${fhirBase(services)}/$export-status/${begun.exportId}`;
    return new Response(null, {
      status: 202,
      headers: { 'content-location': status, 'cache-control': 'no-store' },
    });
  }
  const [operation, id = '', seq = '', ...more] = path.split('/');
  if (operation !== '$export-status' && operation !== '$export-file') return undefined;
  const asked = await admit('export:run', `fhir ${operation}`);
  if (!asked.ok) return refuse(asked);
  const { member } = asked;
  if (operation === '$export-file') {
    if (request.method !== 'GET' || more.length > 0) return refuse(onlyGet);
    const file = await readBulkFile(services, member, id, Number(seq));
    if (!file.ok) return refuse(fhirRefusal(file));
    return new Response(new Uint8Array(file.bytes), {
      headers: { 'content-type': 'application/fhir+ndjson', 'cache-control': 'no-store' },
    });
  }
  if (request.method === 'DELETE') {
    const done = await cancelBulk(services, member, id);
    return done.ok ? new Response(null, { status: 202 }) : refuse(fhirRefusal(done));
  }
  const state = await bulkState(services, member, id);
  return state.ok ? stateReply(services, state) : refuse(fhirRefusal(state));
};

function stateReply(services: Services, { row, files }: BulkState): Response {
  if (row.state === 'queued') {
    return new Response(null, {
      status: 202,
      headers: {
        'x-progress': 'under way',
        'retry-after': String(askAgainSeconds),
        'cache-control': 'no-store',
      },
    });
  }
  if (row.state === 'failed') {
    const message = `The export could not be made (${row.fault ?? 'internal'}); ask again.`;
    return fhirJson(outcomeOf({ code: 'invalid', message }), 500);
  }
  const isOver = row.expires_at !== null && row.expires_at <= services.clock.now();
  if (row.state !== 'ready' || isOver) return refuse(gone);
  const base = fhirBase(services);
  return new Response(
    JSON.stringify({
      transactionTime: row.as_of?.toISOString(),
      request: 'request' in row.wish ? row.wish.request : `${base}/$export`,
      requiresAccessToken: true,
      output: files.map(({ seq, type, resources }) => ({
        type,
        url: `${base}/$export-file/${row.id}/${seq}`,
        count: resources,
      })),
      error: [],
    }),
    {
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...(row.expires_at !== null && { expires: row.expires_at.toUTCString() }),
      },
    },
  );
}

function readWish(
  request: Request,
  url: URL,
  ofPatients: boolean,
): { readonly ok: true; readonly wish: Parameters<typeof askForBulk>[2] } | FhirRefusal {
  if (!/\brespond-async\b/i.test(request.headers.get('prefer') ?? ''))
    return invalid('Send the header Prefer: respond-async; an export is made in the background.');
  let since: string | null = null;
  for (const [name, value] of url.searchParams) {
    if (name === '_since') {
      since = readSpan(value, (ms) => new Date(ms))?.from?.toISOString() ?? null;
      if (since === null) return invalid('_since: give an instant, such as 2026-03-01T00:00:00Z.');
    } else if (name === '_outputFormat') {
      if (!ndjson.test(value.replace(' ', '+')))
        return notServed('_outputFormat: only application/fhir+ndjson is served.');
    } else if (name !== '_type') return notServed(`The parameter ${name.slice(0, 60)} is not served here.`);
  }
  const types = readTypes(url.searchParams.get('_type'));
  if ('ok' in types) return types;
  return {
    ok: true,
    wish: {
      types: ofPatients ? types.filter((type) => typeFacts[type].ofPatient) : types,
      since,
      ofPatients,
      request: url.href,
    },
  };
}

function invalid(message: string): FhirRefusal {
  return { ok: false, status: 400, code: 'invalid', message };
}
function notServed(message: string): FhirRefusal {
  return { ok: false, status: 400, code: 'not-supported', message };
}
function fhirRefusal({ reason, message }: ExportRefusal): FhirRefusal {
  if (reason === 'not-allowed') return { ok: false, status: 403, code: 'forbidden', message };
  return { ok: false, status: 404, code: 'not-found', message };
}
const onlyGet: FhirRefusal = { ok: false, status: 405, code: 'not-supported', message: 'Use GET here.' };
const gone: FhirRefusal = {
  ok: false,
  status: 410,
  code: 'not-found',
  message: 'The export was cancelled or has expired. Ask for a new one.',
};
