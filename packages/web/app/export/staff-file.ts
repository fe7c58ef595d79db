import { readRecordExport } from '@undertone/clinic/export/commands.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import type { Route } from './+types/staff-file.ts';
import { fileReply } from './reply.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/exports/:exportId/record.zip` */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  return fileReply(await readRecordExport(clinic, actorOf(context), params.exportId));
}
