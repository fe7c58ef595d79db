/** Lots: what went into and onto skin. Pigments are substances, drugs medicines, needles and the rest devices. */
import type { Device, Medication, Substance } from '@medplum/fhirtypes';
import type { Ingredient } from '../stock/schema.ts';
import { resource } from './schema.ts';

const lotSystem = 'urn:undertone:lot';

export interface LotRow {
  readonly id: string;
  readonly lot_number: string;
  readonly expires_on: string | null;
  readonly name: string;
  readonly maker: string | null;
  readonly kind: 'pigment' | 'needle' | 'consumable' | 'drug';
  readonly ingredients: readonly Ingredient[];
}

const identifierOf = ({ lot_number }: LotRow) => [{ system: lotSystem, value: lot_number }];
const nameOf = ({ name, maker }: LotRow) => (maker === null ? name : `${name} (${maker})`);

// Object identifier of the register of the Chemical Abstracts Service.
const casSystem = 'urn:oid:2.16.840.1.113883.6.61';

export function substanceOf(row: LotRow): Substance {
  return resource<Substance>({
    resourceType: 'Substance',
    id: row.id,
    identifier: identifierOf(row),
    status: 'active',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/substance-category', code: 'chemical' }],
        text: 'Pigment',
      },
    ],
    code: { text: nameOf(row) },
    instance: [{ identifier: { system: lotSystem, value: row.lot_number }, expiry: row.expires_on }],
    ingredient: row.ingredients.map(({ name, ciNumber, cas, percent }) => ({
      quantity:
        percent === null
          ? null
          : {
              numerator: { value: percent, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' },
              denominator: { value: 100, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' },
            },
      substanceCodeableConcept: {
        coding: [
          ...(cas === null ? [] : [{ system: casSystem, code: cas }]),
          ...(ciNumber === null ? [] : [{ system: 'urn:undertone:colour-index', code: ciNumber }]),
        ],
        text: name ?? ciNumber ?? cas,
      },
    })),
  });
}

export function medicationOf(row: LotRow): Medication {
  return resource<Medication>({
    resourceType: 'Medication',
    id: row.id,
    identifier: identifierOf(row),
    status: 'active',
    code: { text: nameOf(row) },
    batch: { lotNumber: row.lot_number, expirationDate: row.expires_on },
  });
}

export function deviceOf(row: LotRow): Device {
  return resource<Device>({
    resourceType: 'Device',
    id: row.id,
    identifier: identifierOf(row),
    status: 'active',
    manufacturer: row.maker,
    lotNumber: row.lot_number,
    expirationDate: row.expires_on,
    deviceName: [{ name: row.name, type: 'user-friendly-name' }],
  });
}
