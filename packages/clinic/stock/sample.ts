/** What stands on the shelf of the demonstration clinic: plainly invented, with compositions of the usual kinds. */
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { addDays } from '../tenant/schema.ts';
import type { Item } from './rules.ts';
import { type ItemForm, itemForm } from './schema.ts';
import { insertItem, insertLot, insertMovement } from './store.ts';
import { baseOf, toBase } from './units.ts';

const maker = 'Sample maker';

/** Colour Index and CAS numbers are those of the colorants named; amounts by weight are not given. */
const shelf: readonly { readonly form: ItemForm; readonly quantity: number }[] = [
  {
    form: {
      kind: 'pigment',
      name: 'Sample black',
      maker,
      unit: 'drop',
      lowAt: 100,
      discardAfterDays: 90,
      ingredients: [{ name: 'Carbon black', ciNumber: '77266', cas: '1333-86-4' }],
    },
    quantity: 600,
  },
  {
    form: {
      kind: 'pigment',
      name: 'Sample brown',
      maker,
      unit: 'drop',
      lowAt: 100,
      discardAfterDays: 90,
      ingredients: [
        { name: 'Red iron oxide', ciNumber: '77491', cas: '1309-37-1' },
        { name: 'Yellow iron oxide', ciNumber: '77492', cas: '51274-00-1' },
        { name: 'Black iron oxide', ciNumber: '77499', cas: '1317-61-9' },
      ],
    },
    quantity: 600,
  },
  {
    form: {
      kind: 'pigment',
      name: 'Sample white',
      maker,
      unit: 'drop',
      lowAt: 50,
      discardAfterDays: 90,
      ingredients: [{ name: 'Titanium dioxide', ciNumber: '77891', cas: '13463-67-7' }],
    },
    quantity: 300,
  },
  {
    form: {
      kind: 'needle',
      name: 'Sample needle, 3 points',
      maker,
      unit: 'piece',
      lowAt: 20,
      needle: { points: 3, diameterMm: 0.3, arrangement: 'round' },
    },
    quantity: 100,
  },
  {
    form: {
      kind: 'needle',
      name: 'Sample needle, 1 point',
      maker,
      unit: 'piece',
      lowAt: 20,
      needle: { points: 1, diameterMm: 0.3, arrangement: 'round' },
    },
    quantity: 100,
  },
  {
    form: {
      kind: 'drug',
      name: 'Sample cream, lidocaine 2.5 % and prilocaine 2.5 %',
      maker,
      unit: 'g',
      lowAt: 10,
      actives: [
        { substance: 'lidocaine', mgPer: 25, per: 'g' },
        { substance: 'prilocaine', mgPer: 25, per: 'g' },
      ],
    },
    quantity: 60,
  },
  {
    form: {
      kind: 'drug',
      name: 'Sample lidocaine 2 %',
      maker,
      unit: 'ml',
      lowAt: 10,
      actives: [{ substance: 'lidocaine', mgPer: 20, per: 'ml' }],
    },
    quantity: 100,
  },
];

/** Puts the shelf up once; running it again changes nothing. */
export async function seedSampleStock(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
): Promise<void> {
  const now = services.clock.now();
  for (const [at, { form, quantity }] of shelf.entries()) {
    const { unit, lowAt, branchId: _, ...rest } = itemForm.parse(form);
    const counted = { baseUnit: baseOf[unit], dropUl: rest.dropUl };
    const number = String(at + 1).padStart(11, '0');
    const item: Item = {
      ...rest,
      ...counted,
      unit,
      lowAt: lowAt === null ? null : (toBase(lowAt, unit, counted, true) ?? null),
      id: `5a3b1e00-0000-4000-8000-2${number}`,
      version: 1,
      safetySheetFile: null,
      retiredAt: null,
    };
    if (!(await insertItem(trx, tenantId, item, now, null))) continue;
    const lotId = `5a3b1e00-0000-4000-8000-3${number}`;
    await insertLot(trx, tenantId, {
      id: lotId,
      itemId: item.id,
      lotNumber: `SAMPLE-${at + 1}`,
      expiresOn: addDays(now.toISOString().slice(0, 10), 730),
      supplier: null,
      sterilityFile: null,
      openedAt: null,
      discardBy: null,
      heldAt: null,
      heldReason: null,
      receivedAt: now,
      findings: [],
      acceptedReason: 'Invented for the demonstration',
    });
    await insertMovement(trx, tenantId, {
      id: `5a3b1e00-0000-4000-8000-4${number}`,
      lotId,
      kind: 'receipt',
      branchId: null,
      quantity: toBase(quantity, unit, counted) as number,
      said: quantity,
      saidUnit: unit,
      book: 0,
      flags: [],
      reason: null,
      sourceKind: 'sample',
      sourceId: lotId,
      happenedAt: now,
      recordedAt: now,
      recordedBy: null,
    });
  }
}
