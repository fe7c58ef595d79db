import { randomUUID } from 'node:crypto';
import { priorRetention } from '@undertone/engine/learn/healing.ts';
import { expect, it } from 'vitest';
import { learnedHealingFor } from '../outcome/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { seedSimulated } from './simulated.ts';
import { simulatedSessions, simulatedTruth } from './simulated-lives.ts';
import { simulatedPatient } from './simulated-people.ts';
import { simulatedHealing } from './simulated-results.ts';

const services = await testServices();

it('fills a clinic with people marked as invented, and writes the same seed only once', async () => {
  const tenantId = await testTenant(services.db);
  const simulated = { tenantId, patients: 120, seed: 7 };
  expect(await seedSimulated(services, simulated)).toMatchObject({ patients: 120 });
  const counted = await seedSimulated(services, { ...simulated, patients: 130 });
  expect(counted.patients).toBe(10);
  const rows = await services.db
    .selectFrom('patients')
    .select(['name', 'synthetic'])
    .where('tenant_id', '=', tenantId)
    .execute();
  expect(rows).toHaveLength(130);
  for (const row of rows)
    expect(row).toEqual({
      synthetic: true,
      name: expect.stringMatching(/^Sample patient \d{6} [A-Z][a-z]+$/) as string,
    });
});

it('gives a patient the same life under the same seed, and another under another', () => {
  const now = new Date('2026-03-02T04:30:00Z');
  expect(simulatedPatient(3, 42, now)).toEqual(simulatedPatient(3, 42, now));
  expect(simulatedPatient(4, 42, now).id).not.toBe(simulatedPatient(3, 42, now).id);
});

it('follows each session by the protocol, and counts what happened as surveillance does', async () => {
  const tenantId = await testTenant(services.db);
  const counts = await seedSimulated(services, { tenantId, patients: 600, seed: 11 });
  expect(counts.sessions).toBeGreaterThan(200);
  expect(counts.checkIns).toBe(10 * counts.sessions);
  const followed = await services.db
    .selectFrom('followed_sessions')
    .select(['event_bits', 'followed_day'])
    .where('tenant_id', '=', tenantId)
    .execute();
  expect(followed).toHaveLength(counts.sessions);
  expect(followed.filter(({ event_bits }) => event_bits > 0).length).toBeGreaterThan(10);
  const open = await services.db
    .selectFrom('check_ins')
    .select(['state', 'due_at'])
    .where('tenant_id', '=', tenantId)
    .execute();
  for (const { state, due_at } of open) expect(state === 'planned').toBe(due_at > services.clock.now());
});

it('gives complications at the rates it says', () => {
  const now = new Date('2026-03-02T04:30:00Z');
  const people = Array.from({ length: 20_000 }, (_, i) => simulatedPatient(5, i + 1, now));
  const sessions = people.flatMap((patient) => simulatedSessions(5, patient, now));
  expect(sessions.length / people.length).toBeGreaterThan(0.4);
  // Bruises show on the first day, so hardly any is still to come.
  const mean =
    simulatedTruth.operatorFactor.reduce((sum, f) => sum + f, 0) / simulatedTruth.operatorFactor.length;
  const expected = (simulatedTruth.eventRate.bruise ?? 0) * mean;
  const rate =
    sessions.filter(({ events }) => events.some(({ kind }) => kind === 'bruise')).length / sessions.length;
  expect(Math.abs(rate - expected)).toBeLessThan(4 * Math.sqrt(expected / sessions.length));
});

it('has healed results from which the healing it was made with is learned again', async () => {
  const tenantId = await testTenant(services.db);
  const { outcomes } = await seedSimulated(services, { tenantId, patients: 1200, seed: 21 });
  expect(outcomes).toBeGreaterThan(80);
  const actor = {
    tenantId,
    staffId: randomUUID(),
    role: 'owner',
    name: 'Test',
    sessionId: randomUUID(),
  } as const;
  const answer = await learnedHealingFor(services, actor);
  if (!answer.ok) throw new Error(answer.message);
  const { learned } = answer;
  expect(learned).toMatchObject({ isEnough: true, results: outcomes });
  const cell = learned.healing.find(
    (one) =>
      one.treatment === 'vitiligo' &&
      one.skinGroup === 'tan' &&
      one.pigmentClass === 'yellow' &&
      one.state === 'week6',
  );
  const prior = priorRetention('vitiligo', 'week6', 'yellow');
  const truth = prior.ln + simulatedHealing.clinicShift + simulatedHealing.classShift.yellow;
  expect(Math.abs(Math.log(cell?.retentionMedian01 ?? 1) - truth)).toBeLessThan(0.12);
  expect(cell?.retentionLogSd).toBeLessThan(prior.sd);
});
