import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountLeft,
  commonProducts,
  countedWeightKg,
  creamBandOf,
  type Given,
  isAsStrongAs,
  ledgerOf,
  mayGive,
  methaemoglobinRisksIn,
  mostMg,
  type NumbingFacts,
  timesOf,
} from './numbing.ts';
import { creamBands, injectedLimits, methaemoglobinRisks } from './numbing-limits.ts';
import type { NumbingProduct } from './schema.ts';

const adult: NumbingFacts = {
  ageMonths: 34 * 12,
  weightKg: 60,
  heightCm: 165,
  sex: 'female',
  mayHavePrilocaine: true,
  mayHaveAmides: true,
};
const product = (id: string): NumbingProduct => {
  const found = commonProducts.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const give = (id: string, amount: number, more: Partial<Given> = {}): Given => ({
  product: product(id),
  amount,
  zone: 'upper lip',
  skin: 'intact',
  nearEye: false,
  ...(product(id).route === 'topical' && { areaCm2: 400 }),
  ...more,
});

const anyone = fc.record({
  ageMonths: fc.integer({ min: 0, max: 1080 }),
  weightKg: fc.integer({ min: 2, max: 200 }),
  heightCm: fc.integer({ min: 45, max: 210 }),
  sex: fc.constantFrom('female', 'male', 'unknown'),
  mayHavePrilocaine: fc.constant(true),
  mayHaveAmides: fc.constant(true),
}) as fc.Arbitrary<NumbingFacts>;
const anything: fc.Arbitrary<Given> = fc.record({
  product: fc.constantFrom(...commonProducts),
  amount: fc.integer({ min: 1, max: 4000 }).map((hundredths) => hundredths / 100),
  areaCm2: fc.integer({ min: 1, max: 500 }),
  zone: fc.constantFrom('upper lip', 'hairline'),
  skin: fc.constant('intact' as const),
  nearEye: fc.constant(false),
});

describe('the published limits', () => {
  it('60 kg: 270 mg of plain lidocaine, which is 27 mL of 1 % and 13.5 mL of 2 %', () => {
    expect(mostMg(adult, 'lidocaine-plain')).toBe(270);
    expect(mayGive(adult, [], give('lidocaine-1', 27)).ok).toBe(true);
    expect(mayGive(adult, [], give('lidocaine-1', 27.01))).toMatchObject({
      reason: 'over-limit',
      amountLeft: 27,
    });
    expect(amountLeft(adult, [], give('lidocaine-2', 1))).toBe(13.5);
  });

  it('60 kg: 420 mg of lidocaine with epinephrine', () => {
    expect(mostMg(adult, 'lidocaine-epinephrine')).toBe(420);
    expect(amountLeft(adult, [], give('lidocaine-1-epinephrine', 1))).toBe(42);
  });

  it('never more than 300 and 500 mg however heavy', () => {
    const heavy = { ...adult, weightKg: 110, heightCm: 200 };
    expect(mostMg(heavy, 'lidocaine-plain')).toBe(300);
    expect(mostMg(heavy, 'lidocaine-epinephrine')).toBe(500);
  });

  it('cream: 60 g over 400 cm² at most for an adult, so a whole scalp does not fit', () => {
    expect(mayGive(adult, [], give('cream-2.5-2.5', 60)).ok).toBe(true);
    expect(mayGive(adult, [], give('cream-2.5-2.5', 60.01))).toMatchObject({ reason: 'over-limit' });
    expect(mayGive(adult, [], give('cream-2.5-2.5', 60, { areaCm2: 600 }))).toMatchObject({
      reason: 'over-limit',
    });
  });

  it.each([
    [1, 4, 1, 10],
    [6, 8, 2, 20],
    [36, 14, 10, 100],
    [96, 26, 20, 200],
  ])('cream at %i months and %i kg: %i g on %i cm²', (ageMonths, weightKg, mostGrams, mostCm2) => {
    const child = { ...adult, ageMonths, weightKg, heightCm: 100 };
    expect(creamBandOf(child)).toMatchObject({ mostGrams, mostCm2 });
    expect(mayGive(child, [], give('cream-2.5-2.5', mostGrams, { areaCm2: mostCm2 })).ok).toBe(true);
    expect(mayGive(child, [], give('cream-2.5-2.5', mostGrams + 0.1, { areaCm2: mostCm2 * 2 })).ok).toBe(
      false,
    );
  });

  it('a child too light for its age gets what its weight allows', () => {
    expect(creamBandOf({ ...adult, ageMonths: 96, weightKg: 9 })?.mostGrams).toBe(2);
  });

  it('carry a source and wait for a physician', () => {
    for (const row of [...injectedLimits, ...creamBands, ...methaemoglobinRisks]) {
      expect(row.source).not.toBe('');
      expect(row.review).toBe('unreviewed');
    }
  });
});

describe('one ledger over all routes and products', () => {
  it('adds milligrams of every product and fractions of every limit', () => {
    const ledger = ledgerOf(adult, [give('lidocaine-1', 13.5), give('cream-2.5-2.5', 6, { areaCm2: 40 })]);
    expect(ledger.mg).toEqual({ lidocaine: 135 + 150, prilocaine: 150 });
    expect(ledger.fraction).toBeCloseTo(0.5 + 0.1, 12);
  });

  it('half of one limit and half of another leave nothing for a third', () => {
    const given = [give('lidocaine-1', 13.5), give('lidocaine-1-epinephrine', 21)];
    expect(ledgerOf(adult, given).fraction).toBeCloseTo(1, 12);
    expect(amountLeft(adult, given, give('lidocaine-1', 1))).toBe(0);
    expect(mayGive(adult, given, give('cream-2.5-2.5', 1)).ok).toBe(false);
  });

  it('counts a cream without a limit in grams as if all of it reached the blood', () => {
    expect(amountLeft(adult, [], give('cream-lidocaine-4', 1))).toBe(6.75);
  });

  it('law: under an id that is known a product is as strong as its label says, in any order, and no other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...commonProducts),
        fc.double({ min: 0.0001, max: 400, noNaN: true }),
        (known, mgPer) => {
          expect(isAsStrongAs({ ...known, actives: known.actives.toReversed() }, [])).toBe(true);
          const [first, ...others] = known.actives;
          if (first === undefined) return;
          const changed = { ...known, actives: [{ ...first, mgPer }, ...others] };
          expect(isAsStrongAs(changed, [])).toBe(mgPer === first.mgPer);
          const own = { ...changed, id: 'of-the-shelf' };
          expect(isAsStrongAs(own, [own])).toBe(true);
          expect(isAsStrongAs(known, [own])).toBe(true);
          expect(isAsStrongAs({ ...own, actives: [] }, [own])).toBe(false);
        },
      ),
    );
  });

  it('counts a stronger cream by what it holds', () => {
    const strong: NumbingProduct = {
      ...product('cream-2.5-2.5'),
      actives: [
        { substance: 'lidocaine', mgPer: 50 },
        { substance: 'prilocaine', mgPer: 50 },
      ],
    };
    const next = { ...give('cream-2.5-2.5', 30), product: strong };
    expect(ledgerOf(adult, [next]).fraction).toBeCloseTo(1, 12);
  });

  it('law: whatever is added, no line and no sum falls', () => {
    fc.assert(
      fc.property(anyone, fc.array(anything, { maxLength: 6 }), anything, (facts, given, next) => {
        const before = ledgerOf(facts, given);
        const after = ledgerOf(facts, [...given, next]);
        expect(after.fraction).toBeGreaterThanOrEqual(before.fraction);
        expect(after.mg.lidocaine).toBeGreaterThanOrEqual(before.mg.lidocaine);
        expect(after.mg.prilocaine).toBeGreaterThanOrEqual(before.mg.prilocaine);
        for (const line of before.lines) {
          const same = after.lines.find((one) => one.line === line.line);
          expect(same?.fraction).toBeGreaterThanOrEqual(line.fraction);
        }
      }),
    );
  });

  it('law: what is left may be given, a little more may not, and nothing passes the limit by small steps', () => {
    fc.assert(
      fc.property(anyone, fc.array(anything, { maxLength: 5 }), anything, (facts, wished, next) => {
        const given: Given[] = [];
        for (const one of wished) if (mayGive(facts, given, one).ok) given.push(one);
        expect(ledgerOf(facts, given).isOver).toBe(false);
        const left = amountLeft(facts, given, next);
        expect(mayGive(facts, given, { ...next, amount: left + 0.02 }).ok).toBe(false);
        const filled = left > 0 ? [...given, { ...next, amount: left }] : given;
        expect(ledgerOf(facts, filled).isOver).toBe(false);
      }),
    );
  });
});

describe('weight', () => {
  it('law: of two people alike but for weight the heavier may have no less, as long as neither is obese or both are', () => {
    const line = fc.constantFrom('lidocaine-plain', 'lidocaine-epinephrine', 'prilocaine');
    fc.assert(
      fc.property(anyone, fc.integer({ min: 0, max: 60 }), line, (facts, more, which) => {
        const heavier = { ...facts, weightKg: (facts.weightKg ?? 0) + more };
        const isObese = (one: NumbingFacts) => (countedWeightKg(one) ?? 0) < (one.weightKg ?? 0);
        fc.pre(isObese(facts) === isObese(heavier));
        expect(mostMg(heavier, which) ?? 0).toBeGreaterThanOrEqual((mostMg(facts, which) ?? 0) - 1e-9);
        expect(creamBandOf(heavier)?.mostGrams ?? 0).toBeGreaterThanOrEqual(
          creamBandOf(facts)?.mostGrams ?? 0,
        );
      }),
    );
  });

  it('in obesity the lean weight counts: Janmahasatian, 130 kg at 170 cm, both sexes', () => {
    const bmi = 130 / 1.7 ** 2;
    const obese = { ...adult, weightKg: 130, heightCm: 170 };
    expect(countedWeightKg({ ...obese, sex: 'male' })).toBeCloseTo((9270 * 130) / (6680 + 216 * bmi), 9);
    expect(countedWeightKg({ ...obese, sex: 'female' })).toBeCloseTo((9270 * 130) / (8780 + 244 * bmi), 9);
    expect(countedWeightKg({ ...obese, sex: 'unknown' })).toBe(countedWeightKg({ ...obese, sex: 'female' }));
  });

  it('law: never more than the person weighs', () => {
    fc.assert(
      fc.property(anyone, (facts) => {
        expect(countedWeightKg(facts)).toBeLessThanOrEqual(facts.weightKg ?? 0);
      }),
    );
  });
});

describe('what stops an application however small', () => {
  const refusal = (facts: NumbingFacts, next: Given) => {
    const answer = mayGive(facts, [], next);
    return answer.ok ? 'given' : answer.reason;
  };
  it('cream near the eye', () => {
    expect(refusal(adult, give('cream-2.5-2.5', 0.1, { nearEye: true }))).toBe('near-eye');
  });
  it('prilocaine where it is ruled out, not lidocaine', () => {
    const ruledOut = { ...adult, mayHavePrilocaine: false };
    expect(refusal(ruledOut, give('cream-2.5-2.5', 0.1))).toBe('prilocaine-ruled-out');
    expect(refusal(ruledOut, give('cream-lidocaine-4', 0.1))).toBe('given');
  });
  it('everything with an allergy to amides', () => {
    for (const one of commonProducts) {
      expect(refusal({ ...adult, mayHaveAmides: false }, give(one.id, 0.1))).toBe('amide-ruled-out');
    }
  });
  it('what must be known first', () => {
    expect(refusal({ ...adult, weightKg: undefined }, give('lidocaine-1', 1))).toBe('needs-weight');
    expect(refusal({ ...adult, heightCm: undefined }, give('lidocaine-1', 1))).toBe('needs-height');
    expect(refusal({ ...adult, ageMonths: undefined }, give('lidocaine-1', 1))).toBe('needs-age');
    const { areaCm2: _, ...withoutArea } = give('cream-2.5-2.5', 1);
    expect(refusal(adult, withoutArea)).toBe('needs-area');
  });
  it('a needle under eighteen: there is no limit in the data', () => {
    expect(refusal({ ...adult, ageMonths: 17 * 12 }, give('lidocaine-1', 0.1))).toBe('no-limit-for-age');
  });
  it('cream thicker than the label has it', () => {
    expect(refusal(adult, give('cream-2.5-2.5', 2, { areaCm2: 10 }))).toBe('given');
    expect(refusal(adult, give('cream-2.5-2.5', 2.1, { areaCm2: 10 }))).toBe('too-thick');
  });
  it('numbing broken skin again without saying why', () => {
    const broken = give('cream-2.5-2.5', 1, { skin: 'broken' });
    expect(refusal(adult, broken)).toBe('needs-reason');
    expect(refusal(adult, { ...broken, reason: 'Second pass, patient in pain' })).toBe('given');
  });
});

describe('times', () => {
  it('of the cream: an hour, two for deeper work, off after five; a quarter to half an hour on eczema', () => {
    const cream = give('cream-2.5-2.5', 2);
    expect(timesOf(cream, adult)).toMatchObject({
      onsetMinutes: 60,
      bestFromMinutes: 120,
      removeByMinutes: 300,
    });
    expect(timesOf({ ...cream, skin: 'eczema' }, adult)).toMatchObject({
      onsetMinutes: 15,
      removeByMinutes: 30,
    });
  });
  it('law: nothing is best after it must be off', () => {
    fc.assert(
      fc.property(anyone, anything, fc.constantFrom('intact', 'eczema', 'broken'), (facts, one, skin) => {
        const { onsetMinutes, bestFromMinutes, removeByMinutes } = timesOf({ ...one, skin }, facts);
        expect(onsetMinutes).toBeLessThanOrEqual(bestFromMinutes);
        expect(bestFromMinutes).toBeLessThanOrEqual(removeByMinutes ?? bestFromMinutes);
        expect(removeByMinutes === undefined).toBe(one.product.route === 'injected');
      }),
    );
  });
});

describe('the medicines of gate G24', () => {
  it.each([
    ['Dapsone 100 mg', 'dapsone'],
    ['tab. Sulfasalazine', 'sulfonamide'],
    ['Hydroxychloroquine 200', 'antimalarial'],
    ['isosorbide mononitrate', 'nitrate'],
    ['G6PD deficient', 'g6pd'],
  ])('%s', (text, code) => {
    expect(methaemoglobinRisksIn(text)).toContain(code);
  });
  it('are found at the beginning of words only', () => {
    expect(methaemoglobinRisksIn('thyroxine, metformin, quinoa allergy')).toEqual([]);
    expect(methaemoglobinRisksIn('desulfated')).toEqual([]);
  });
});
