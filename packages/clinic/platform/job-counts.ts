import { sql } from 'kysely';
import type { Services } from './services.ts';

/** How many jobs of each kind wait, run or have failed. */
export async function jobCounts(
  services: Pick<Services, 'db'>,
): Promise<readonly { name: string; state: string; count: number }[]> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text as state, count(*)::int as count from jobs.job
    where state in ('created', 'retry', 'active', 'failed') group by name, state order by name, state`.execute(
    services.db,
  );
  return rows;
}
