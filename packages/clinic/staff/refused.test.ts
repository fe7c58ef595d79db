import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { listAudit, verifyAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { noteRefusal, refusalsAnHour } from './refused.ts';
import type { Actor } from './schema.ts';

const services = await testServices();
const memberOf = (tenantId: string): Actor => ({
  tenantId,
  staffId: randomUUID(),
  role: 'desk',
  name: 'Sample desk',
  sessionId: randomUUID(),
});
const asked = { method: 'POST', path: '/desk/audit', requestId: 'r1' };

it('leaves who was refused what in the chain, and nothing of the person the page is about', async () => {
  const tenantId = await testTenant(services.db);
  const actor = memberOf(tenantId);
  await noteRefusal(services, actor, asked);
  const [last] = await listAudit(services, tenantId);
  expect(last?.entry).toMatchObject({
    actor: { kind: 'staff', id: actor.staffId },
    action: 'staff.role-refused',
    requestId: 'r1',
    change: { after: { role: 'desk', method: 'POST', path: '/desk/audit', ofTheHour: 1 } },
  });
});

it('takes so many of one member in an hour and no more, whatever others are refused; each is in the log', async () => {
  const tenantId = await testTenant(services.db);
  const [eager, other] = [memberOf(tenantId), memberOf(tenantId)];
  const start = services.clock.now().getTime();
  const lines: unknown[] = [];
  const at = (minutes: number) => ({
    db: services.db,
    clock: { now: () => new Date(start + minutes * 60_000) },
    log: { warn: (fields: unknown) => lines.push(fields) } as unknown as typeof services.log,
  });
  const noted = z.looseObject({ after: z.looseObject({ ofTheHour: z.number() }) });
  const numbersOf = async (actor: Actor) =>
    (await listAudit(services, tenantId, { actorId: actor.staffId, limit: 200 })).map(
      ({ entry }) => noted.parse(entry?.change).after.ofTheHour,
    );
  for (let i = 0; i < refusalsAnHour + 5; i++) await noteRefusal(at(i / 10), eager, asked);
  await noteRefusal(at(30), other, asked);
  expect(await numbersOf(eager)).toEqual(
    Array.from({ length: refusalsAnHour }, (_, i) => refusalsAnHour - i),
  );
  expect(await numbersOf(other)).toEqual([1]);
  await noteRefusal(at(64), eager, asked);
  expect((await numbersOf(eager)).slice(0, 2)).toEqual([1, refusalsAnHour]);
  expect(lines).toHaveLength(refusalsAnHour + 7);
  expect((await verifyAudit(services)).faults.filter((fault) => fault.tenantId === tenantId)).toEqual([]);
});
