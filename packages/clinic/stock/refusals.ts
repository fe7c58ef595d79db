import type { StockRefusal } from './rules.ts';

export { badForm } from '../platform/refusals.ts';
export { by } from '../staff/rules.ts';

export const notAllowed: StockRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
export const noSuchItem: StockRefusal = {
  ok: false,
  reason: 'no-such-item',
  message: 'There is no such item.',
  field: 'itemId',
};
export const noSuchLot: StockRefusal = {
  ok: false,
  reason: 'no-such-lot',
  message: 'There is no such lot.',
  field: 'lotId',
};

export function needsReason(message: string): StockRefusal {
  return { ok: false, reason: 'needs-reason', message, field: 'reason' };
}
