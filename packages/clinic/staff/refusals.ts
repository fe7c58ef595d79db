import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { StaffRefusal } from './schema.ts';

/** Runs a transaction that a refusal undoes. */
export async function refusable<T extends { ok: true }>(
  services: Pick<Services, 'db'>,
  work: (trx: Trx) => Promise<T | StaffRefusal>,
): Promise<T | StaffRefusal> {
  let refusal: StaffRefusal | undefined;
  const undo = Symbol('refused');
  try {
    return await services.db.transaction().execute(async (trx) => {
      const answer = await work(trx);
      if (answer.ok) return answer;
      refusal = answer;
      throw undo as unknown as Error;
    });
  } catch (error) {
    if ((error as unknown) === undo && refusal !== undefined) return refusal;
    throw error;
  }
}

export const notAllowed: StaffRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};

export const notFound: StaffRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such member of staff.',
};
