import { getPatient } from '@undertone/clinic/record/commands.ts';
import type { Patient } from '@undertone/clinic/record/schema.ts';
import { createContext, type MiddlewareFunction, type RouterContextProvider } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';

const chartContext = createContext<() => Promise<Patient>>();

/** Middleware of the chart: its loaders and actions share one reading of the patient, hence one audit entry. */
export const openChart: MiddlewareFunction<Response> = async ({ context, params }, next) => {
  const { clinic } = context.get(askedContext);
  let reading: Promise<Patient> | undefined;
  const read = async () => {
    const found = await getPatient(clinic, actorOf(context), params.patientId ?? '');
    if (!found.ok) throw new Response(found.message, { status: found.reason === 'not-allowed' ? 403 : 404 });
    return found.patient;
  };
  context.set(chartContext, () => (reading ??= read()));
  return await next();
};

/** The patient whose chart a loader or action works for: read at most once in a request. Throws 404 and 403 pages. */
export function patientOf(context: Readonly<RouterContextProvider>): Promise<Patient> {
  return context.get(chartContext)();
}
