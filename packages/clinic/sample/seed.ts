import { recordAudit } from '../audit/commands.ts';
import { seedSampleBooking } from '../booking/sample.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { insertPatient } from '../record/store.ts';
import { startSecondStepRule } from '../staff/commands.ts';
import { seedSampleStock } from '../stock/sample.ts';
import { openTenant } from '../tenant/commands.ts';
import { seedTexts } from '../visitor/commands.ts';
import { sampleBranch, samplePatients, sampleTenant } from './clinic.ts';

/**
 * Puts the sample clinic, its public texts and its invented patients into the database, once: running it again changes nothing, also when
 * two processes do so at the same moment.
 * @returns whether the clinic was new, and how many patients were added.
 */
export function seedSample(
  services: Pick<Services, 'db' | 'clock'>,
): Promise<{ isNew: boolean; patients: number }> {
  return asTenant(services.db, sampleTenant.id, async (trx) => {
    const tenantId = sampleTenant.id;
    const isNew = await openTenant(services, trx, sampleTenant, sampleBranch);
    await seedTexts(services, trx, tenantId, 'sample');
    if (isNew) await startSecondStepRule(services, trx, tenantId);
    await seedSampleBooking(trx, tenantId, sampleBranch.id);
    await seedSampleStock(services, trx, tenantId);
    let patients = 0;
    for (const { number, language } of samplePatients) {
      const id = `5a3b1e00-0000-4000-8000-1${String(number).padStart(11, '0')}`;
      const name = `Sample patient ${String(number).padStart(3, '0')}`;
      const createdAt = services.clock.now();
      const patient = { tenantId, id, name, language, synthetic: true, createdAt };
      if (await insertPatient(trx, patient, null)) patients++;
    }
    if (isNew || patients > 0) {
      await recordAudit(services, trx, {
        tenantId,
        actor: { kind: 'system', id: null },
        action: 'sample.seeded',
        subject: { kind: 'tenant', id: tenantId },
        change: { after: { patients } },
      });
    }
    return { isNew, patients };
  });
}
