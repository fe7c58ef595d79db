/** Reads the stock's forms into what its commands take. What is wrong is said by the commands, at the field. */
import type { StockRefusal, Unit } from '@undertone/clinic/stock/rules.ts';
import type { ItemForm, Paper, ReceiptForm } from '@undertone/clinic/stock/schema.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { formTexts } from '../server/form.ts';
import type { StockWords } from './words.ts';

/** A number as typed; an empty field is none, anything else that is no number stays one (NaN) and is refused. */
export function numberOf(text: string | undefined): number | null {
  return (text ?? '').trim() === '' ? null : typedNumber(text ?? '');
}

export async function paperOf(form: FormData, name: string): Promise<Paper | undefined> {
  const file = form.get(name);
  if (!(file instanceof File) || file.size === 0) return undefined;
  return { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type };
}

/** Lists that the page keeps are sent as JSON; anything else counts as an empty one and is refused by the schema. */
function listOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch {
    return undefined;
  }
}

export function itemFormOf(form: FormData): ItemForm {
  const texts = formTexts(form);
  const isNeedle = texts.kind === 'needle' && (texts.points ?? '') !== '';
  return {
    kind: texts.kind as ItemForm['kind'],
    name: texts.name ?? '',
    maker: texts.maker ?? '',
    unit: texts.unit as Unit,
    ...(numberOf(texts.dropUl) !== null && { dropUl: numberOf(texts.dropUl) as number }),
    lowAt: numberOf(texts.lowAt),
    discardAfterDays: numberOf(texts.discardAfterDays),
    ingredients: listOf(texts.ingredients) as NonNullable<ItemForm['ingredients']>,
    actives: listOf(texts.actives) as NonNullable<ItemForm['actives']>,
    needle: isNeedle
      ? {
          points: numberOf(texts.points) as number,
          diameterMm: numberOf(texts.diameterMm) as number,
          arrangement: (texts.arrangement ?? 'round') as 'round',
        }
      : null,
    pigmentSetId: (texts.measuredAs ?? '').split(' ')[0] || null,
    setPigmentId: (texts.measuredAs ?? '').split(' ')[1] ?? '',
    note: texts.note ?? '',
    branchId: texts.branch || null,
  };
}

export function receiptFormOf(form: FormData): ReceiptForm {
  const texts = formTexts(form);
  return {
    itemId: texts.itemId ?? '',
    lotNumber: texts.lotNumber ?? '',
    expiresOn: texts.expiresOn === '' ? null : (texts.expiresOn ?? null),
    quantity: numberOf(texts.quantity) ?? 0,
    unit: texts.unit as Unit,
    supplier: texts.supplier ?? '',
    acceptedReason: texts.acceptedReason ?? '',
    receiptId: texts.receiptId ?? '',
    branchId: texts.branch || null,
  };
}

/** A refusal in the page's language: the sentence a code has there, else the command's own. */
export function refusalText(refusal: Pick<StockRefusal, 'reason' | 'message'>, words: StockWords): string {
  return words.refusals[refusal.reason] ?? refusal.message;
}

export function statusOf(refusal: StockRefusal): 403 | 404 | 422 {
  if (refusal.reason === 'not-allowed') return 403;
  return refusal.reason.startsWith('no-such-') ? 404 : 422;
}
