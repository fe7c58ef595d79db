/** For tests and the bench: a clinic with people and rooms, and solved challenges. */
import { randomUUID } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { sql } from 'kysely';
import { asTenant, type Db } from '../../platform/database.ts';
import type { Services } from '../../platform/services.ts';
import { issueChallenge } from '../limits.ts';
import {
  type ServiceSetup,
  savePlace,
  savePractitioner,
  saveService,
  saveWeek,
  type WeeklySetup,
} from '../setup.ts';

export interface TestClinic {
  readonly tenantId: string;
  readonly branchId: string;
  readonly serviceId: string;
  readonly staffIds: readonly string[];
  readonly roomIds: readonly string[];
}

export const everyDay: readonly WeeklySetup[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  openMin: 10 * 60,
  closeMin: 18 * 60,
}));

/** A clinic of its own tenant with one service `visit` (30 minutes) that needs a person and, if asked, a room. */
export async function makeTestClinic(
  db: Db,
  options: {
    staff?: number;
    rooms?: number;
    zone?: string;
    service?: Partial<ServiceSetup>;
    week?: readonly WeeklySetup[];
  } = {},
): Promise<TestClinic> {
  const tenantId = randomUUID();
  const branchId = randomUUID();
  const zone = options.zone ?? 'Asia/Kolkata';
  const serviceId = randomUUID();
  const staffIds = Array.from({ length: options.staff ?? 1 }, () => randomUUID());
  const roomIds = Array.from({ length: options.rooms ?? 0 }, () => randomUUID());
  await asTenant(db, tenantId, async (trx) => {
    await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, facts, created_at)
      values (${tenantId}, 'Test clinic', 'IN', ${zone}, 'INR', '{en,bn}', '{"phone": "+91 98000 00000"}', now())`.execute(
      trx,
    );
    await sql`insert into branches (tenant_id, id, name, town, zone, created_at)
      values (${tenantId}, ${branchId}, 'Main', 'Siliguri', ${zone}, now())`.execute(trx);
    await saveService(trx, tenantId, {
      id: serviceId,
      slug: 'visit',
      names: { en: 'Visit', bn: 'সাক্ষাৎ' },
      kind: 'consultation',
      treatment: null,
      durationMin: 30,
      roomKind: roomIds.length > 0 ? 'any' : null,
      ...options.service,
    });
    await saveWeek(trx, tenantId, branchId, null, options.week ?? everyDay);
    for (const [i, id] of staffIds.entries()) {
      const branches = [{ branchId, hours: null }];
      await savePractitioner(trx, tenantId, {
        id,
        name: `Doctor ${i + 1}`,
        position: i,
        serviceIds: [serviceId],
        branches,
      });
    }
    for (const [i, id] of roomIds.entries()) {
      await savePlace(trx, tenantId, 'rooms', { id, branchId, name: `Room ${i + 1}`, kinds: ['any'] });
    }
  });
  return { tenantId, branchId, serviceId, staffIds, roomIds };
}

/** A solved challenge that costs next to nothing. */
export async function solved(services: Pick<Services, 'keys' | 'clock'>, tenantId: string): Promise<string> {
  const challenge = await issueChallenge(services, tenantId, { rounds: 1, leastTries: 1, mostTries: 3 });
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
