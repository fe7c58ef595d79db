import { expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import { listBranches, mainTenant } from '../tenant/commands.ts';
import { samplePatients } from './clinic.ts';
import { seedSample } from './seed.ts';

const services = await testServices();

it('seeds one clinic with one branch and its invented patients, however often and by however many it is run', async () => {
  const runs = await Promise.all([seedSample(services), seedSample(services), seedSample(services)]);
  expect(runs.filter((run) => run.isNew)).toHaveLength(1);
  expect(await seedSample(services)).toEqual({ isNew: false, patients: 0 });
  const tenant = await mainTenant(services);
  expect(tenant).toMatchObject({ zone: 'Asia/Kolkata', sample: true });
  expect(await listBranches(services, tenant?.id ?? '')).toHaveLength(1);
  const patients = await services.db.selectFrom('patients').select(['name', 'synthetic']).execute();
  expect(patients).toHaveLength(samplePatients.length);
  for (const patient of patients)
    expect(patient).toMatchObject({
      synthetic: true,
      name: expect.stringMatching(/^Sample patient \d{3}$/) as string,
    });
});

it('invents nothing about the clinic: what it did not say stays open', async () => {
  const facts = (await mainTenant(services))?.facts;
  expect(facts).toMatchObject({
    phone: null,
    email: null,
    addressLines: null,
    licence: null,
    physician: { registration: null },
  });
});
