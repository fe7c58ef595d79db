/** The FHIR API over HTTP: `/fhir/R4/…`. Undefined for other paths. */
import { admitProgram } from '../api-tokens/commands.ts';
import type { Scope, TokenMember } from '../api-tokens/schema.ts';
import type { Services } from '../platform/services.ts';
import { conformance, everythingOf, readBinary, readResource, searchResources } from './commands.ts';
import { isJson, outcomeOf } from './rules.ts';
import type { FhirRefusal } from './schema.ts';

export const fhirPath = '/fhir/R4';

/** Operations of other subjects below the same address: `undefined` means "not mine". */
export type FhirOperation = (call: {
  readonly services: Services;
  readonly request: Request;
  readonly url: URL;
  /** Below {@link fhirPath}, without its slash. */
  readonly path: string;
  readonly admit: Admit;
}) => Promise<Response | undefined>;

export type Admit = (
  scope: Scope,
  operation: string,
) => Promise<{ readonly ok: true; readonly member: TokenMember } | FhirRefusal>;

export async function handleFhir(
  request: Request,
  services: Services,
  operations: readonly FhirOperation[] = [],
): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (url.pathname !== fhirPath && !url.pathname.startsWith(`${fhirPath}/`)) return undefined;
  const path = url.pathname.slice(fhirPath.length + 1);
  const admit: Admit = async (scope, operation) => {
    const asked = await admitProgram(services, request.headers.get('authorization'), { scope, operation });
    return asked.ok ? asked : refusalOf(asked);
  };
  for (const operation of operations) {
    const answer = await operation({ services, request, url, path, admit });
    if (answer !== undefined) return answer;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const response = refuse({
      ok: false,
      status: 405,
      code: 'not-supported',
      message: 'This API is for reading: GET.',
    });
    response.headers.set('Allow', 'GET, HEAD');
    return response;
  }
  const accept = request.headers.get('accept');
  const wantsOther =
    accept !== null && !/\*\/\*|application\/\*|json/i.test(accept) && !path.startsWith('Binary/');
  if (wantsOther) return refuse(onlyJson);
  const format = url.searchParams.get('_format');
  if (format !== null && !isJson(format)) return refuse(onlyJson);

  const [first = '', id, operation, ...more] = path.split('/').map(decoded);
  if (path === 'metadata') return fhirJson(conformance(services));
  const asked = await admit('fhir:read', `fhir ${id === undefined ? 'search' : (operation ?? 'read')}`);
  if (!asked.ok) return refuse(asked);
  const { member } = asked;
  if (more.length > 0 || first === '') return refuse(nothingHere);
  if (first === 'Binary' && id !== undefined && operation === undefined) {
    const file = await readBinary(services, member, id);
    if (!file.ok) return refuse(file);
    return new Response(new Uint8Array(file.bytes), {
      headers: { 'content-type': file.mediaType, 'cache-control': 'no-store' },
    });
  }
  if (id === undefined || id === '') {
    const found = await searchResources(services, member, first, url.searchParams);
    return found.ok ? fhirJson(found.bundle) : refuse(found);
  }
  if (operation === undefined) {
    const found = await readResource(services, member, first, id);
    return found.ok ? fhirJson(found.resource) : refuse(found);
  }
  if (first === 'Patient' && operation === '$everything') {
    const found = await everythingOf(services, member, id);
    return found.ok ? fhirJson(found.bundle) : refuse(found);
  }
  return refuse(nothingHere);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function fhirJson(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: {
      'content-type': 'application/fhir+json; fhirVersion=4.0',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

export function refuse(refused: FhirRefusal): Response {
  return fhirJson(outcomeOf(refused), refused.status, {
    ...(refused.status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(refused.retryAfterSeconds !== undefined && { 'retry-after': String(refused.retryAfterSeconds) }),
  });
}

function refusalOf(asked: {
  readonly reason: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}): FhirRefusal {
  const { reason, message, retryAfterSeconds } = asked;
  if (reason === 'token-missing' || reason === 'token-invalid')
    return { ok: false, status: 401, code: 'login', message };
  if (reason === 'too-many-requests' && retryAfterSeconds !== undefined)
    return { ok: false, status: 429, code: 'throttled', message, retryAfterSeconds };
  return { ok: false, status: 403, code: 'forbidden', message };
}

const onlyJson: FhirRefusal = {
  ok: false,
  status: 406,
  code: 'not-supported',
  message: 'Only JSON is served: application/fhir+json.',
};
const nothingHere: FhirRefusal = {
  ok: false,
  status: 404,
  code: 'not-found',
  message: 'There is nothing here; /metadata says what is served.',
};
