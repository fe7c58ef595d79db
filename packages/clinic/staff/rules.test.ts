import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actions,
  addressKey,
  can,
  isProofFresh,
  passwordFault,
  proofMinutes,
  secondStepOwed,
  totpStep,
  waitAfter,
} from './rules.ts';
import { role } from './schema.ts';

describe('who may do what', () => {
  it('lets an owner do everything', () => {
    expect(actions.filter((action) => !can('owner', action))).toEqual([]);
  });

  it('keeps people to the owner, and health records from the auditor', () => {
    for (const who of role.options) expect(can(who, 'staff.manage')).toBe(who === 'owner');
    for (const action of ['patient.read', 'patient.write', 'photo.read', 'plan.read'] as const) {
      expect(can('auditor', action)).toBe(false);
    }
  });

  it('lets only those with medical training write a plan or a consent', () => {
    const may = role.options.filter((who) => can(who, 'plan.write') || can(who, 'consent.write'));
    expect(may).toEqual(['owner', 'physician']);
  });

  it('keeps photographs and plans from the front desk', () => {
    for (const action of ['photo.read', 'photo.write', 'plan.read'] as const)
      expect(can('desk', action)).toBe(false);
  });
});

describe('passwords', () => {
  const about = ['Sneha Example', 'sneha@clinic.example'];

  it.each([
    ['short1!', 'at least 12'],
    ['aaaaaaaaaaaaaaaa', 'different'],
    ['abcdefghijklmno', 'neighbouring'],
    ['98765432109876', 'neighbouring'],
    ['Password1234!', 'Too close'],
    ['SnehaExample2026', 'Too close'],
    ['sneha.clinic.2026', 'Too close'],
    ['x'.repeat(10) + 'abcde'.repeat(60), 'at most'],
  ])('refuses %s', (password, why) => {
    expect(passwordFault(password, about)).toContain(why);
  });

  it.each(['correct horse battery staple', 'নীল আকাশে সাদা মেঘ ভাসে', '83920174650281', 'tr0ub4dor&3-zebra'])(
    'takes %s',
    (password) => {
      expect(passwordFault(password, about)).toBeUndefined();
    },
  );

  it('takes whatever a password manager makes', () => {
    const characters = Array.from({ length: 94 }, (_, i) => String.fromCodePoint(33 + i));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters), { minLength: 24, maxLength: 64 }), (made) => {
        fc.pre(new Set(made).size > 12);
        expect(passwordFault(made.join(''), about)).toBeUndefined();
      }),
    );
  });
});

describe('waiting after attempts', () => {
  it('is nothing at first, then never shorter than before, and bounded', () => {
    for (const kind of ['pair', 'address', 'account'] as const) {
      const waits = Array.from({ length: 200 }, (_, attempts) => waitAfter(kind, attempts));
      expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
      expect(waits.every((wait, i) => wait >= (waits[i - 1] ?? 0))).toBe(true);
      expect(Math.max(...waits)).toBeLessThanOrEqual(3600);
      expect(waits.at(-1)).toBeGreaterThan(0);
    }
  });
});

describe('addresses', () => {
  it('count an IPv6 household as one and IPv4 addresses apart', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:0db8:0001:0002:0:0:0:ffff'));
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
    expect(addressKey('203.0.113.7')).not.toBe(addressKey('203.0.113.8'));
    expect(addressKey('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
    expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });
});

it('counts steps of half a minute since 1970', () => {
  // RFC 6238 appendix B: 59 s is step 1, 1111111109 s is step 0x23523EC.
  expect(totpStep(new Date(59_000))).toBe(1);
  expect(totpStep(new Date(1_111_111_109_000))).toBe(0x23523ec);
});

describe('a proof of who somebody is', () => {
  it('counts for its minutes and not a moment longer, on clocks that differ a little', () => {
    const at = new Date('2026-03-02T04:30:00Z');
    const after = (ms: number) => isProofFresh(at, new Date(at.getTime() + ms));
    const mostMs = proofMinutes * 60_000;
    expect([-1000, 0, mostMs - 1].map(after)).toEqual([true, true, true]);
    expect([mostMs, mostMs + 1, 86_400_000, -mostMs].map(after)).toEqual([false, false, false, false]);
  });
});

describe('what a session owes of a second step', () => {
  const dayMs = 86_400_000;
  const start = new Date('2026-03-02T04:30:00Z');
  const days = (count: number) => new Date(start.getTime() + count * dayMs);
  const member = fc.record({
    joinedAt: fc.integer({ min: -400, max: 400 }).map(days),
    hasSecondStep: fc.boolean(),
    isShown: fc.boolean(),
  });
  const rule = fc.record({
    requiredSince: fc.integer({ min: -400, max: 400 }).map(days),
    graceDays: fc.integer({ min: 0, max: 90 }),
  });
  const moment = fc.integer({ min: -400 * dayMs, max: 600 * dayMs }).map((ms) => days(ms / dayMs));

  it('is nothing where no rule names the role', () => {
    fc.assert(
      fc.property(member, moment, (who, now) => {
        expect(secondStepOwed(who, undefined, now)).toEqual({ is: 'nothing' });
      }),
    );
  });

  it('is nothing for whoever has one and has shown it, and never nothing for whoever has none', () => {
    fc.assert(
      fc.property(member, rule, moment, (who, of, now) => {
        expect(secondStepOwed({ ...who, hasSecondStep: true, isShown: true }, of, now).is).toBe('nothing');
        expect(secondStepOwed({ ...who, hasSecondStep: false }, of, now).is).not.toBe('nothing');
      }),
    );
  });

  it('only grows with time: what was due stays due, and days left never rise', () => {
    const law = fc.property(member, rule, moment, fc.nat(400), (who, of, now, later) => {
      const first = secondStepOwed(who, of, now);
      const then = secondStepOwed(who, of, new Date(now.getTime() + later * dayMs));
      const isDue = first.is === 'set-up' || first.is === 'show';
      const areDays = first.is === 'soon' && then.is === 'soon';
      return (!isDue || then.is === first.is) && (!areDays || then.daysLeft === first.daysLeft - later);
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  it('leaves every member the whole grace, and says at least a day while any is left', () => {
    const law = fc.property(member, rule, moment, (who, of, now) => {
      const owed = secondStepOwed(who, of, now);
      const from = Math.max(who.joinedAt.getTime(), of.requiredSince.getTime());
      const isOver = now.getTime() >= from + of.graceDays * dayMs;
      const isDue = owed.is === 'set-up' || owed.is === 'show';
      if (isDue !== (isOver && !(who.hasSecondStep && who.isShown))) return false;
      return (
        owed.is !== 'soon' || (owed.daysLeft >= 1 && (now.getTime() < from || owed.daysLeft <= of.graceDays))
      );
    });
    expect(fc.check(law).counterexample).toBeNull();
  });
});
