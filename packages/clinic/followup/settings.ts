/** The numbers a clinic gives out in an emergency, where they differ from its country's. */
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type LocalNumbers, localNumbers, numbersOf } from './local-numbers.ts';
import { badForm, notAllowed } from './refusals.ts';
import type { FollowUpRefusal } from './schema.ts';
import { selectTenantFacts, upsertNumbers } from './store.ts';

/** The numbers the clinic gives out now, and whether they are its own. */
export async function readLocalNumbers(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<{ numbers: LocalNumbers; isOwn: boolean; country: string }> {
  const { numbers, country } = await selectTenantFacts(services.db, tenantId);
  return { numbers: numbers ?? numbersOf(country), isOwn: numbers !== null, country };
}

export async function saveLocalNumbers(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  form: unknown,
): Promise<{ ok: true } | FollowUpRefusal> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const parsed = localNumbers.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const numbers = parsed.data;
  await services.db.transaction().execute(async (trx) => {
    const { numbers: before } = await selectTenantFacts(trx, actor.tenantId);
    await upsertNumbers(trx, actor.tenantId, numbers, services.clock.now());
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'follow-up.numbers-changed',
      subject: { kind: 'tenant', id: actor.tenantId },
      change: { before, after: numbers },
    });
  });
  return { ok: true };
}
