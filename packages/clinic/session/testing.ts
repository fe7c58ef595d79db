/** Sessions for tests: an open one with lots on the shelf, and a tablet to write in it. */
import { randomUUID } from 'node:crypto';
import { type TestServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { Actor } from '../staff/schema.ts';
import { testMember } from '../staff/testing.ts';
import { madeItem, receivedLot } from '../stock/testing.ts';
import { commonProducts } from './numbing.ts';
import type { BodyOf, DeviceEntry, EntryKind, Opening } from './schema.ts';
import { insertSession } from './store.ts';

export interface Begun {
  readonly actor: Actor;
  readonly tenantId: string;
  readonly patientId: string;
  readonly sessionId: string;
  readonly lots: { readonly pigment: string; readonly other: string; readonly needle: string };
}

/** A session begun without the checklist, which `start.test.ts` is about. */
export async function begunSession(services: TestServices, opening: Partial<Opening> = {}): Promise<Begun> {
  const actor = await testMember(services);
  const { tenantId } = actor;
  const made = await createPatient(services, actor, {
    name: 'Sample patient 101',
    language: 'bn',
    synthetic: true,
  });
  if (!made.ok) throw new Error(made.message);
  const black = await madeItem(services, actor);
  const pigment = await receivedLot(services, actor, black);
  const other = await receivedLot(services, actor, black, { lotNumber: 'L-2' });
  const points = await madeItem(services, actor, { kind: 'needle', name: '3 round', unit: 'piece' });
  const needle = await receivedLot(services, actor, points, { lotNumber: 'N-1', quantity: 50 });
  return anotherSession(
    services,
    {
      actor,
      tenantId,
      patientId: made.patient.id,
      lots: { pigment: pigment.id, other: other.id, needle: needle.id },
    },
    opening,
  );
}

/** One more session of the same person, from the same shelf. */
export async function anotherSession(
  services: TestServices,
  { actor, tenantId, patientId, lots }: Omit<Begun, 'sessionId'>,
  opening: Partial<Opening> = {},
): Promise<Begun> {
  const sessionId = randomUUID();
  await services.db.transaction().execute((trx) =>
    insertSession(trx, {
      tenantId,
      id: sessionId,
      patientId,
      treatment: 'lip',
      branchId: null,
      planId: null,
      planVersion: null,
      operatorId: actor.staffId,
      physicianId: actor.staffId,
      opening: { ...emptyOpening(actor), ...opening },
      startedAt: services.clock.now(),
      startedBy: actor.staffId,
    }),
  );
  return { actor, tenantId, patientId, sessionId, lots };
}

export function emptyOpening(actor: Pick<Actor, 'staffId'>): Opening {
  return {
    ageMonths: 34 * 12,
    mayHavePrilocaine: true,
    mayHaveAmides: true,
    earlier: [],
    proposal: { zones: [], fields: {}, pigments: [], needles: [] },
    lots: [],
    people: [{ id: actor.staffId, name: 'Sample physician', isPhysician: true }],
  };
}

/** A tablet: counts its own entries, knows the journal up to `knownSeq`. */
export function testTablet(madeBy: string, startMs = Date.parse('2026-03-02T04:30:00Z')) {
  const deviceId = randomUUID();
  let counter = 0;
  return {
    deviceId,
    write<K extends EntryKind>(kind: K, body: BodyOf<K>, seenSeq = 0, atMs = startMs): DeviceEntry {
      counter += 1;
      const entry = {
        id: randomUUID(),
        deviceId,
        counter,
        seenSeq,
        saidAt: new Date(atMs).toISOString(),
        madeBy,
        kind,
        body,
      };
      return entry as unknown as DeviceEntry;
    },
  };
}

const lidocaine = commonProducts.find(({ id }) => id === 'lidocaine-1');
/** So many millilitres of lidocaine 1 %. */
export function lidocaine1(amount: number): BodyOf<'numbing'> {
  if (!lidocaine) throw new Error('no lidocaine');
  return { product: lidocaine, zone: 'upper-lip', amount, skin: 'intact', nearEye: false };
}
