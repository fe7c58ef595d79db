/*
 * The person's side of an intake form, by its link: no account, one purpose.
 *
 *   openByLink(services, tenantId, token, pass)            { ok: true, form }, or 'proof-needed' with what is asked
 *   proveByLink(services, tenantId, token, answer)         { ok: true, pass }: the browser keeps it
 *   saveByLink(services, tenantId, token, pass, edits)     { ok: true, draft, version }: merged with what others saved
 *   submitByLink(services, tenantId, token, pass, edits)   { ok: true }, or 'incomplete' with the problems
 *
 * Saving is safe to repeat: edits merge by the time they were made. After it was sent a form opens nothing any more.
 */
import { recordAudit } from '../audit/commands.ts';
import { countAttempt } from '../booking/commands.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { formOfToken, isPass, isProof, passFor } from './links.ts';
import { editsSince, type IntakeProblem, mergeDrafts, problemsOf, sanitised } from './rules.ts';
import { type Asks, type Draft, draftSchema, type IntakeForm, type IntakeRefusal } from './schema.ts';
import { insertSave, lockForm, type StoredForm, selectForm, updateForm } from './store.ts';

type LinkServices = Pick<Services, 'db' | 'clock' | 'keys'>;

export type Opened =
  | { readonly ok: true; readonly form: IntakeForm }
  | (IntakeRefusal & { readonly asks?: Asks; readonly formId?: string });

export async function openByLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  pass: string | undefined,
): Promise<Opened> {
  const found = await formOfLink(services, tenantId, token);
  if (!found.ok) return found;
  if (!mayPass(services, found.form, pass))
    return { ...proofNeeded, asks: found.form.asks, formId: found.form.id };
  return { ok: true, form: withoutProof(found.form) };
}

/** Tries are counted by form: ten in a day. */
const proofRule = { name: 'intake-proof', most: 10, windowMinutes: 24 * 60 };

export async function proveByLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  answer: string,
): Promise<{ ok: true; formId: string; pass: string } | IntakeRefusal> {
  const found = await formOfLink(services, tenantId, token);
  if (!found.ok) return found;
  const counted = await countAttempt(services, services.db, tenantId, proofRule, found.form.id);
  if (!counted.ok) return tooManyTries;
  if (!isProof(services.keys, found.form, answer.slice(0, 100))) return proofWrong;
  return {
    ok: true,
    formId: found.form.id,
    pass: passFor(services.keys, found.form.id, services.clock.now()),
  };
}

export async function saveByLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  pass: string | undefined,
  edits: unknown,
): Promise<{ ok: true; draft: Draft; version: number } | IntakeRefusal> {
  const parsed = draftSchema.safeParse(edits);
  if (!parsed.success) return badForm;
  return asTenant(services.db, tenantId, async (trx) => {
    const found = await formOfLink(services, tenantId, token, (id) => lockForm(trx, tenantId, id));
    if (!found.ok) return found;
    const { form } = found;
    if (!mayPass(services, form, pass)) return proofNeeded;
    const now = services.clock.now();
    const given = editsSince(form.draft, sanitised(parsed.data, form.treatment, now.getTime()));
    if (Object.keys(given).length === 0)
      return { ok: true as const, draft: form.draft, version: form.version };
    const draft = mergeDrafts(form.draft, given);
    await insertSave(trx, form, { edits: given, draft, at: now, by: null });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id: form.id },
      action: 'intake.saved',
      subject: { kind: 'intake', id: form.id },
      change: { after: { version: form.version + 1, fields: Object.keys(given).toSorted() } },
    });
    return { ok: true as const, draft, version: form.version + 1 };
  });
}

export async function submitByLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  pass: string | undefined,
  edits: unknown,
): Promise<
  | { ok: true; formId: string }
  | (IntakeRefusal & { readonly problems?: Readonly<Record<string, IntakeProblem>> })
> {
  const saved = await saveByLink(services, tenantId, token, pass, edits);
  if (!saved.ok) return saved;
  const tenant = (await listTenants(services)).find(({ id }) => id === tenantId);
  return asTenant(services.db, tenantId, async (trx) => {
    const found = await formOfLink(services, tenantId, token, (id) => lockForm(trx, tenantId, id));
    if (!found.ok) return found;
    const { form } = found;
    const now = services.clock.now();
    const problems = problemsOf(
      form.draft,
      form.treatment,
      dayIn(tenant?.zone ?? 'UTC', now),
      tenant?.country ?? 'IN',
    );
    if (Object.keys(problems).length > 0) return { ...incomplete, problems };
    await updateForm(trx, tenantId, form.id, { state: 'submitted', submitted_at: now });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id: form.id },
      action: 'intake.submitted',
      subject: { kind: 'intake', id: form.id },
      change: { after: { version: form.version } },
    });
    return { ok: true as const, formId: form.id };
  });
}

async function formOfLink(
  services: LinkServices,
  tenantId: string,
  token: string,
  read: (id: string) => Promise<StoredForm | undefined> = (id) => selectForm(services.db, tenantId, id),
): Promise<{ ok: true; form: StoredForm } | IntakeRefusal> {
  const id = formOfToken(services.keys, tenantId, token);
  const form = id === undefined ? undefined : await read(id);
  if (form === undefined) return linkUnknown;
  if (form.state !== 'open') return linkClosed;
  if (form.expiresAt <= services.clock.now()) return linkExpired;
  return { ok: true, form };
}

function mayPass(services: LinkServices, form: StoredForm, pass: string | undefined): boolean {
  return form.asks === 'nothing' || isPass(services.keys, form.id, pass, services.clock.now());
}

function withoutProof({ proof: _proof, ...form }: StoredForm): IntakeForm {
  return form;
}

const badForm: IntakeRefusal = {
  ok: false,
  reason: 'bad-form',
  message: 'These answers cannot be read; reload the page and send them again.',
};
const linkUnknown: IntakeRefusal = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
};
const linkExpired: IntakeRefusal = {
  ok: false,
  reason: 'link-expired',
  message: 'This link has expired. Please ask the clinic for a new one.',
};
const linkClosed: IntakeRefusal = {
  ok: false,
  reason: 'link-closed',
  message: 'These answers have been sent. To change something, tell the clinic.',
};
const proofNeeded: IntakeRefusal = {
  ok: false,
  reason: 'proof-needed',
  message: 'Show first that it is you.',
};
const proofWrong: IntakeRefusal = {
  ok: false,
  reason: 'proof-wrong',
  message: 'This is not what the clinic has noted. Look once more, or ask the clinic.',
  field: 'answer',
};
const tooManyTries: IntakeRefusal = {
  ok: false,
  reason: 'too-many-tries',
  message: 'Too many tries for today. Please ask the clinic for a new link.',
  field: 'answer',
};
const incomplete: IntakeRefusal = {
  ok: false,
  reason: 'incomplete',
  message: 'Some questions are still open.',
};
