import { openRecord } from '@undertone/clinic/record/commands.ts';
import type { Patient, PatientRecord } from '@undertone/clinic/record/schema.ts';
import { createContext, type MiddlewareFunction, type RouterContextProvider } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';

const chartContext = createContext<() => Promise<PatientRecord>>();

/** Middleware of the chart: its loaders and actions share one reading of the record, hence one audit entry. */
export const openChart: MiddlewareFunction<Response> = async ({ context, params, request }, next) => {
  const { clinic } = context.get(askedContext);
  let reading: ReturnType<typeof openRecord> | undefined;
  const read = () => openRecord(clinic, actorOf(context), params.patientId ?? '');
  context.set(chartContext, async () => {
    // After an act the loaders must see what it did.
    const found = await (request.method === 'GET' ? (reading ??= read()) : read());
    // A response of its own for each loader: its body is read once.
    if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
    return found.record;
  });
  return await next();
};

/** The patient whose chart a loader or action works for. Throws 404 and 403 pages. */
export async function patientOf(context: Readonly<RouterContextProvider>): Promise<Patient> {
  return (await recordOf(context)).patient;
}

/** The same with health, consents to be contacted, and records merged into this one. */
export function recordOf(context: Readonly<RouterContextProvider>): Promise<PatientRecord> {
  return context.get(chartContext)();
}
