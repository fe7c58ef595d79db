import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from './audit/commands.ts';
import { inTenant } from './platform/scope.ts';
import type { Services } from './platform/services.ts';
import { createOwnerInvite, type Invite, startSecondStepRule } from './staff/commands.ts';
import { openTenant, tenantSites } from './tenant/commands.ts';
import { isZone, language } from './tenant/schema.ts';
import { seedTexts } from './visitor/commands.ts';

/** Labels of letters, digits and inner hyphens, at most 63 each and 253 together (RFC 1123, 2.1). */
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?=.)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'A host name looks like clinic.example.org, without https:// and without a port.',
  );

export const newClinicForm = z.object({
  name: z.string().trim().min(1, 'Give the clinic a name.').max(200),
  host: hostName,
  country: z.string().regex(/^[A-Z]{2}$/, 'A country is two letters, as IN or NP.'),
  zone: z.string().refine(isZone, 'Use the name of a time zone, as Asia/Kolkata.'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'A currency is three letters, as INR.'),
  languages: z.array(language).min(1, 'Name at least one language: bn, en, hi or ne.'),
  branch: z.string().trim().min(1, 'Name the first branch.').max(200),
});
export type NewClinicForm = z.input<typeof newClinicForm>;

/**
 * Opens one more clinic in this installation, with a branch, the public texts that ship, and a link for its owner.
 * It shares the program and the database server with the others and nothing else.
 */
export async function openClinic(
  services: Services,
  form: NewClinicForm,
): Promise<
  | { readonly ok: true; readonly tenantId: string; readonly url: string; readonly invite: Invite }
  | {
      readonly ok: false;
      readonly reason: 'bad-form' | 'host-taken';
      readonly message: string;
      readonly field: string;
    }
> {
  const parsed = newClinicForm.safeParse(form);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return { ok: false, reason: 'bad-form', message: issue?.message ?? 'This cannot be used.', field };
  }
  const { branch, host, ...facts } = parsed.data;
  if ((await tenantSites(services)).some((site) => site.host === host)) return hostTaken(host);
  const tenantId = randomUUID();
  try {
    await inTenant(tenantId, () =>
      services.db.transaction().execute(async (trx) => {
        await openTenant(
          services,
          trx,
          { ...facts, id: tenantId, host, facts: nothingSaid, sample: false },
          { tenantId, id: randomUUID(), name: branch, town: null, zone: facts.zone },
        );
        await seedTexts(services, trx, tenantId, 'own');
        await startSecondStepRule(services, trx, tenantId);
        await recordAudit(services, trx, {
          tenantId,
          actor: { kind: 'system', id: null },
          action: 'tenant.opened',
          subject: { kind: 'tenant', id: tenantId },
        });
      }),
    );
  } catch (error) {
    // 23505: another clinic took the name between the question and now.
    if ((error as { code?: string }).code === '23505') return hostTaken(host);
    throw error;
  }
  const site = (await tenantSites(services)).find(({ id }) => id === tenantId);
  const url = site?.publicUrl ?? services.config.http.publicUrl;
  const invite = await inTenant(tenantId, () => createOwnerInvite(services, tenantId), url);
  if (invite === undefined) throw new Error('a clinic just opened has an owner already');
  return { ok: true, tenantId, url, invite };
}

const nothingSaid = {
  addressLines: null,
  town: null,
  phone: null,
  email: null,
  licence: null,
  physician: null,
};

function hostTaken(host: string) {
  const message = `${host} belongs to a clinic here already; give each its own name.`;
  return { ok: false, reason: 'host-taken', message, field: 'host' } as const;
}
