import { inboxCounts } from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/version.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'followup.read'))),
];

/** `/desk/followup/version`: a text that differs when anything in the inbox has changed; nobody is named. */
export async function loader({ context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const counts = await inboxCounts(clinic, actorOf(context));
  return { version: counts?.version ?? '' };
}
