/** The stock's door for pages and other subjects. */
export * from './items.ts';
export {
  giveBack,
  type Take,
  type TakeSource,
  takeFromLot,
  takeFromLots,
  zoneOf as stockZone,
} from './ledger.ts';
export * from './lots.ts';
export * from './pigment-sets.ts';
export * from './transfers.ts';
