import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { writeBranch } from '../tenant/commands.ts';
import { renderDocument } from './index.ts';
import { readPdf } from './testing/read-pdf.ts';

const services = await testServices();

describe('the letterhead', () => {
  it('carries the street and telephone of the branch it is given out at, and the clinic’s where the branch has none', async () => {
    const tenantId = await testTenant(services.db);
    const said = { addressLines: ['1 Clinic Road'], town: 'Clinictown', phone: '+91 33 5550 0101' };
    await sql`update tenants set facts = coalesce(facts, '{}') || ${JSON.stringify(said)}::jsonb where tenant_id = ${tenantId}`.execute(
      services.db,
    );
    const open = async (name: string, addressLines: string[] | null, phone: string | null) => {
      const branch = { tenantId, id: randomUUID(), name, town: 'Branchtown', zone: 'Asia/Kolkata' };
      await services.db
        .transaction()
        .execute((trx) => writeBranch(trx, { ...branch, addressLines, phone }, services.clock.now()));
      return branch.id;
    };
    const [river, hill] = [
      await open('River', ['2 River Lane'], '+91 33 5550 0202'),
      await open('Hill', null, null),
    ];
    const head = async (branchId?: string | null) => {
      const pdf = await renderDocument(services, tenantId, {
        kind: 'letter',
        language: 'en',
        blocks: [],
        ...(branchId !== undefined && { branchId }),
      });
      return readPdf(pdf).pages.join(' ').replaceAll(/\s+/g, '');
    };
    const [own, atRiver, atHill] = [await head(), await head(river), await head(hill)];
    for (const text of [own, atHill]) {
      for (const line of ['1ClinicRoad', 'Clinictown', '55500101']) expect(text).toContain(line);
      expect(text).not.toContain('2RiverLane');
    }
    for (const line of ['River', '2RiverLane', 'Branchtown', '55500202']) expect(atRiver).toContain(line);
    for (const line of ['1ClinicRoad', 'Clinictown', '55500101']) expect(atRiver).not.toContain(line);
    // Of a branch that is not known, and of none, the clinic's own.
    expect(await head(randomUUID())).toBe(own);
    expect(await head(null)).toBe(own);
  });
});
