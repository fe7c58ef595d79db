import type { Actor, Role } from './schema.ts';

/** Everything a member of staff can be allowed or refused. Subject, then act. */
export const actions = [
  'patient.read',
  'patient.write',
  'patient.erase',
  'photo.read',
  'photo.write',
  'photo.use',
  'plan.read',
  'plan.write',
  'plan.sign',
  'screening.read',
  'screening.write',
  'screening.decide',
  'consent.read',
  'consent.write',
  'session.read',
  'session.write',
  'session.sign',
  'followup.read',
  'followup.call',
  'followup.answer',
  'outcome.read',
  'outcome.write',
  'outcome.rate',
  'booking.read',
  'booking.write',
  'payment.read',
  'payment.write',
  'payment.refund',
  'stock.read',
  'stock.write',
  'content.write',
  'content.publish',
  'report.read',
  'audit.read',
  'staff.manage',
  'settings.write',
  'data.export',
  'data.import',
] as const;
export type Action = (typeof actions)[number];

const desk: readonly Action[] = [
  'patient.read',
  'patient.write',
  'followup.read',
  'followup.call',
  'booking.read',
  'booking.write',
  'payment.read',
  'payment.write',
  'stock.read',
];

const assistant: readonly Action[] = [
  'patient.read',
  'patient.write',
  'photo.read',
  'photo.write',
  'plan.read',
  'screening.read',
  'screening.write',
  'consent.read',
  'session.read',
  'session.write',
  'followup.read',
  'followup.call',
  'followup.answer',
  'outcome.read',
  'outcome.write',
  'outcome.rate',
  'booking.read',
  'booking.write',
  'stock.read',
  'stock.write',
];

const physician: readonly Action[] = [
  ...assistant,
  'photo.use',
  'plan.write',
  'plan.sign',
  'screening.decide',
  'consent.write',
  'session.sign',
  'content.write',
  'content.publish',
  'report.read',
];

/** Who may do what: the only place that says so. An owner may do everything, an auditor only look. */
const permissions: Record<Role, ReadonlySet<Action>> = {
  owner: new Set(actions),
  physician: new Set(physician),
  assistant: new Set(assistant),
  desk: new Set(desk),
  auditor: new Set(['audit.read', 'report.read', 'booking.read', 'payment.read', 'stock.read']),
};

export function can(role: Role, action: Action): boolean {
  return permissions[role].has(action);
}

/**
 * Whether the day of a branch (its calendar, arrivals, payments, the close) is open to her. What belongs to a person, the
 * record above all, is open across branches: people come to the one that suits them.
 */
export function mayAt(actor: Pick<Actor, 'branches'>, branchId: string): boolean {
  return actor.branches === undefined || actor.branches.includes(branchId);
}

/** How long the rights taken in an emergency last. */
export const emergencyMinutes = 30;

/** The role whose rights a member takes in an emergency: the next one that treats people; undefined at the top. */
export function emergencyRole(role: Role): Role | undefined {
  if (role === 'desk' || role === 'auditor') return 'assistant';
  return role === 'assistant' ? 'physician' : undefined;
}

/** How long a member who proved who they are may change what guards accounts (ASVS 5.0, 7.5.1), in minutes. */
export const proofMinutes = 5;

/** Whether a proof still counts. Clocks of two machines may differ a little: one from the near future counts too. */
export function isProofFresh(provedAt: Date, now: Date): boolean {
  return Math.abs(now.getTime() - provedAt.getTime()) < proofMinutes * 60_000;
}

/** Since when a role must sign in with a second step, and the days given to set it up. */
export interface SecondStepRule {
  readonly requiredSince: Date;
  readonly graceDays: number;
}

/** What a session still owes: nothing; a second step before the grace ends; to set one up now; to show the one there is. */
export type SecondStepOwed =
  | { readonly is: 'nothing' }
  | { readonly is: 'soon'; readonly until: Date; readonly daysLeft: number }
  | { readonly is: 'set-up' }
  | { readonly is: 'show' };

/**
 * The days of grace count from when the role was named, or from joining where that is later. A passkey lets its owner in by
 * password too, so after the grace the session itself must have been opened, or raised, with the second step.
 * @param rule of the member's own role, not of one taken in an emergency
 */
export function secondStepOwed(
  member: { readonly joinedAt: Date; readonly hasSecondStep: boolean; readonly isShown: boolean },
  rule: SecondStepRule | undefined,
  now: Date,
): SecondStepOwed {
  if (rule === undefined || (member.hasSecondStep && member.isShown)) return { is: 'nothing' };
  const from = Math.max(rule.requiredSince.getTime(), member.joinedAt.getTime());
  const until = new Date(from + rule.graceDays * dayMs);
  const leftMs = until.getTime() - now.getTime();
  if (leftMs > 0) {
    if (member.hasSecondStep) return { is: 'nothing' };
    return { is: 'soon', until, daysLeft: Math.ceil(leftMs / dayMs) };
  }
  return { is: member.hasSecondStep ? 'show' : 'set-up' };
}

const dayMs = 86_400_000;

/** Seconds since 1970 in steps of 30: the counter of RFC 6238. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 30_000);
}

/** Shortest password taken, in characters: length is what counts (ASVS 5.0, 6.2.1), rules about kinds are not made. */
export const passwordLeast = 12;
const passwordMost = 256;

/**
 * Why a password is not good enough, or undefined when it is. It may hold any characters; it may not be short, long
 * beyond reason, made of few characters, a run of neighbours, or contain what anyone would try first for this person.
 */
export function passwordFault(password: string, about: readonly string[]): string | undefined {
  const length = Array.from(password).length;
  if (length < passwordLeast)
    return `Use at least ${passwordLeast} characters; a sentence is easy to remember.`;
  if (length > passwordMost) return `Use at most ${passwordMost} characters.`;
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 5) return 'Use more different characters.';
  if (isRun(folded)) return 'A row of neighbouring letters or digits is guessed first; use a sentence.';
  const hints = [...about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)), ...commonWords];
  const rest = hints
    .filter((hint) => hint.length >= 4)
    .reduce((left, hint) => left.replaceAll(hint, ''), folded);
  // What is left when names and the commonest passwords are taken away must still be a secret.
  if (rest.replaceAll(/[\d\W_]/gu, '').length < 4 && rest.length < 8) {
    return 'Too close to a name or to a very common password; use a sentence of your own.';
  }
  return undefined;
}

const commonWords = [
  'password',
  'passwort',
  'welcome',
  'letmein',
  'qwerty',
  'admin',
  'undertone',
  'clinic',
  'iloveyou',
  'monkey',
  'dragon',
  'secret',
  'login',
  'abcd',
  '1234',
  'india',
];

function isRun(text: string): boolean {
  const codes = Array.from(text).map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  const run = steps.filter((step) => Math.abs(step) <= 1).length;
  return run >= steps.length * 0.8;
}

/** What a visitor's address counts as: IPv4 whole, IPv6 by its /64 network, which one household or attacker holds. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, '$1');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** Three counts are kept of attempts; each slows down only what it counts. */
export type AttemptKind = 'pair' | 'address' | 'account';

/**
 * `pair`: one account from one address. `address`: all accounts from one address. `account`: one account from addresses
 * it was never signed in from; the places its owner uses are not counted there, so that nobody can lock others out.
 */
const attemptLimits: Record<AttemptKind, { free: number; firstSeconds: number; mostSeconds: number }> = {
  pair: { free: 5, firstSeconds: 30, mostSeconds: 15 * 60 },
  address: { free: 40, firstSeconds: 30, mostSeconds: 15 * 60 },
  account: { free: 20, firstSeconds: 60, mostSeconds: 60 * 60 },
};

/** Attempts are forgotten when there was none for this long. */
export const attemptMemoryMs = 2 * 60 * 60 * 1000;

/** Seconds to wait after the given number of attempts without a success; 0 while they are free, then doubling. */
export function waitAfter(kind: AttemptKind, attempts: number): number {
  const { free, firstSeconds, mostSeconds } = attemptLimits[kind];
  if (attempts < free) return 0;
  return Math.min(mostSeconds, firstSeconds * 2 ** Math.min(20, attempts - free));
}

/** Who acted and for which clinic, as the audit chain names them. */
export function by(actor: Pick<Actor, 'tenantId' | 'staffId'>) {
  return { tenantId: actor.tenantId, actor: { kind: 'staff' as const, id: actor.staffId } };
}
