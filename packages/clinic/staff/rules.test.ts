import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, addressKey, can, passwordFault, totpStep, waitAfter } from './rules.ts';
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
