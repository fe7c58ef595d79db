import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachOf, senderOf } from './rules.ts';

const said = fc.option(fc.stringMatching(/^[A-Za-z0-9 +]{1,12}$/));
const reach = fc.record({
  addressLines: fc.option(fc.array(fc.stringMatching(/^[A-Za-z0-9]{1,12}$/), { minLength: 1, maxLength: 3 })),
  town: said,
  phone: said,
});
const branchesOf = (count: number) =>
  fc.tuple(
    ...Array.from({ length: count }, (_, n) =>
      reach.map((one) => ({ ...one, tenantId: 't', id: `${n}`, name: `Branch ${n}`, zone: 'Asia/Kolkata' })),
    ),
  );

describe('who a message is from', () => {
  it('law: a branch is named where there are others; what it does not say of itself is the clinic’s', () => {
    fc.assert(
      fc.property(
        reach,
        fc.integer({ min: 1, max: 3 }).chain(branchesOf),
        fc.nat(2),
        (facts, branches, at) => {
          const branch = branches.find(({ id }) => id === `${at}`);
          const from = senderOf({ name: 'Clinic', facts }, branches, `${at}`);
          const isNamed = branch !== undefined && branches.length > 1;
          expect(from.name).toBe(isNamed ? `Clinic, ${branch.name}` : 'Clinic');
          expect(from.phone).toBe(branch?.phone ?? facts.phone);
          const lines = from.signature.split('\n');
          expect(lines[0]).toBe(from.name);
          expect(lines.length).toBeLessThanOrEqual(3);
          for (const line of reachOf(facts, branches, `${at}`).addressLines ?? [])
            expect(from.signature).toContain(line);
          expect(from.shortSignature).not.toContain('\n');
        },
      ),
    );
  });

  it('is the clinic as a whole where no branch is meant', () => {
    const facts = { addressLines: null, town: 'Siliguri', phone: null };
    const two = [0, 1].map((n) => ({ tenantId: 't', id: `${n}`, name: `B${n}`, town: null, zone: 'UTC' }));
    for (const none of [null, undefined, 'another'])
      expect(senderOf({ name: 'Clinic', facts }, two, none)).toMatchObject({
        name: 'Clinic',
        signature: 'Clinic\nSiliguri',
      });
  });

  it('has no line of its own in a name that was pasted with a break', () => {
    const facts = { addressLines: null, town: null, phone: null };
    expect(senderOf({ name: 'Clinic\nBcc: x', facts }, [], null).signature).toBe('Clinic Bcc: x');
  });
});
