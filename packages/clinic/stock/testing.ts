import { randomUUID } from 'node:crypto';
import { type TestServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import { createItem } from './items.ts';
import { receive } from './lots.ts';
import type { Item, Lot } from './rules.ts';
import type { ItemForm, Paper, ReceiptForm } from './schema.ts';

export const paper: Paper = {
  bytes: new TextEncoder().encode('%PDF-1.7 a certificate'),
  mediaType: 'application/pdf',
};

export const blackInk: ItemForm = {
  kind: 'pigment',
  name: 'Scalp black',
  maker: 'Sample maker',
  unit: 'drop',
  discardAfterDays: 90,
  ingredients: [{ name: 'Carbon black', ciNumber: '77266', cas: '1333-86-4' }],
};

export async function madeItem(
  services: TestServices,
  actor: Actor,
  form: ItemForm = blackInk,
): Promise<Item> {
  const made = await createItem(services, actor, form, form.kind === 'pigment' ? paper : undefined);
  if (!made.ok) throw new Error(made.message);
  return made.item;
}

export async function receivedLot(
  services: TestServices,
  actor: Actor,
  item: Item,
  form: Partial<ReceiptForm> = {},
): Promise<Lot> {
  const done = await receive(
    services,
    actor,
    {
      itemId: item.id,
      lotNumber: 'L-1',
      expiresOn: '2027-03-31',
      quantity: 300,
      unit: item.unit,
      receiptId: randomUUID(),
      ...form,
    },
    paper,
  );
  if (!done.ok) throw new Error(done.message);
  return done.lot;
}
