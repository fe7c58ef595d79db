import { readByLink } from '@undertone/clinic/export/commands.ts';
import type { Route } from './+types/own-file.ts';
import { openedFor } from './opened.ts';
import { fileReply } from './reply.ts';

/** `/:lang/record/:token/record.zip`: behind the link and its proof. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic, tenant, pass } = await openedFor(request, params, context);
  return fileReply(await readByLink(clinic, tenant.id, params.token, pass));
}
