/** The HTTP API as one: what everybody may ask, and what programs with a token may. */
import { staffRoutes } from './api-tokens/routes.ts';
import { type ApiContext, handleApi as handleRoutes } from './booking/api.ts';
import { bulkOperation } from './export/http.ts';
import { handleFhir } from './fhir/http.ts';

/** Undefined means "not one of ours". */
export async function handleApi(request: Request, context: ApiContext): Promise<Response | undefined> {
  return (
    (await handleFhir(request, context.services, [bulkOperation])) ??
    (await handleRoutes(request, { ...context, more: staffRoutes }))
  );
}
