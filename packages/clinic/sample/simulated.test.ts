import { expect, it } from 'vitest';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { seedSimulated } from './simulated.ts';
import { simulatedPatient } from './simulated-people.ts';

const services = await testServices();

it('fills a clinic with people marked as invented, and writes the same seed only once', async () => {
  const tenantId = await testTenant(services.db);
  const simulated = { tenantId, patients: 120, seed: 7 };
  expect(await seedSimulated(services, simulated)).toMatchObject({ patients: 120 });
  expect(await seedSimulated(services, { ...simulated, patients: 130 })).toMatchObject({ patients: 10 });
  const rows = await services.db
    .selectFrom('patients')
    .select(['name', 'synthetic'])
    .where('tenant_id', '=', tenantId)
    .execute();
  expect(rows).toHaveLength(130);
  for (const row of rows)
    expect(row).toEqual({
      synthetic: true,
      name: expect.stringMatching(/^Sample patient \d{6} [A-Z][a-z]+$/) as string,
    });
});

it('gives a patient the same life under the same seed, and another under another', () => {
  const now = new Date('2026-03-02T04:30:00Z');
  expect(simulatedPatient(3, 42, now)).toEqual(simulatedPatient(3, 42, now));
  expect(simulatedPatient(4, 42, now).id).not.toBe(simulatedPatient(3, 42, now).id);
});
