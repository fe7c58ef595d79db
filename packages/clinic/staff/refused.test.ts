import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { noteRoleRefusal } from './refused.ts';

const services = await testServices();

it('leaves who was refused what in the chain, and nothing of the person the page is about', async () => {
  const tenantId = await testTenant(services.db);
  const staffId = randomUUID();
  const actor = { tenantId, staffId, role: 'desk', name: 'Sample desk', sessionId: randomUUID() } as const;
  await noteRoleRefusal(services, actor, '/desk/audit');
  const [last] = await listAudit(services, tenantId);
  expect(last?.entry).toMatchObject({
    actor: { kind: 'staff', id: staffId },
    action: 'staff.role-refused',
    change: { after: { role: 'desk', path: '/desk/audit' } },
  });
});
