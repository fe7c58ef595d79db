import type { Treatment } from '@undertone/clinic/candidacy/rules.ts';
import { listPlans, readPlan } from '@undertone/clinic/planning/commands.ts';
import { planThatCounts } from '@undertone/clinic/planning/rules.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { parsePigments } from '@undertone/engine/match/index.ts';

/** The pigments of the plan that counts, one a line as the form takes them; empty when there is no recipe. */
export async function plannedPigments(
  clinic: Clinic,
  actor: Actor,
  patientId: string,
  treatment: Treatment,
): Promise<string> {
  const listed = await listPlans(clinic, actor, patientId);
  if (!listed.ok) return '';
  const latest = new Map<string, (typeof listed.plans)[number]>();
  for (const plan of listed.plans.filter((one) => one.treatment === treatment)) {
    const known = latest.get(plan.planId);
    if (known === undefined || known.version < plan.version) latest.set(plan.planId, plan);
  }
  const { planId, version } = planThatCounts([...latest.values()]);
  if (planId === undefined) return '';
  const read = await readPlan(clinic, actor, planId, version);
  if (!read.ok || read.document.match.kind !== 'recipe') return '';
  const parsed = parsePigments(JSON.stringify(read.document.inputs.pigments ?? null));
  const numbers = new Map(
    parsed.ok ? parsed.set.pigments.map(({ id, ciNumber }) => [id, ciNumber] as const) : [],
  );
  return read.document.match.recipe.parts
    .map(({ pigment, name }) => {
      const ci = numbers.get(pigment);
      return ci === undefined ? name : `${name}; CI ${ci}`;
    })
    .join('\n');
}
