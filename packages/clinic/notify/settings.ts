/** What a clinic decides about its messages: quiet hours, reminders, and the adapter that sends SMS and WhatsApp. */
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { type Limits, limitsOf } from '../platform/limits.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { selectSettings, upsertSettings } from './store.ts';

/** Sets quiet hours, reminders and the adapter; `webhookSecret` undefined keeps the present one. */
export async function saveMessageSettings(
  services: Pick<Services, 'db' | 'keys'>,
  tenantId: string,
  settings: {
    quiet: { fromMin: number; toMin: number };
    reminderHours: readonly number[];
    webhookUrl: string | null;
    webhookSecret?: Uint8Array | undefined;
  },
  record?: (trx: Trx) => Promise<void>,
): Promise<
  { ok: true } | { ok: false; reason: 'webhook-url-not-https' | 'webhook-secret-short'; message: string }
> {
  if (settings.webhookUrl !== null && !isSendable(settings.webhookUrl)) {
    return {
      ok: false,
      reason: 'webhook-url-not-https',
      message: 'Use an address that begins with https://.',
    };
  }
  if (settings.webhookSecret !== undefined && settings.webhookSecret.length < 16) {
    return { ok: false, reason: 'webhook-secret-short', message: 'Use a secret of at least 16 bytes.' };
  }
  await asTenant(services.db, tenantId, async (trx) => {
    const before = await selectSettings(trx, tenantId);
    const webhookSecret =
      settings.webhookSecret === undefined
        ? before.webhookSecret
        : services.keys.seal('webhook-secret', tenantId, settings.webhookSecret);
    await upsertSettings(trx, tenantId, {
      quiet: settings.quiet,
      webhookUrl: settings.webhookUrl,
      webhookSecret,
      reminderHours: [...settings.reminderHours],
    });
    await record?.(trx);
  });
  return { ok: true };
}

/** https anywhere, http on this machine alone; a name or password within the address would be sent along. */
function isSendable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}

const settingsForm = z.object({
  quiet: z.object({ fromMin: z.int().min(0).max(1439), toMin: z.int().min(0).max(1439) }),
  reminderHours: z.array(z.int().min(1).max(720)).max(5),
  webhookUrl: z.string().trim().max(500).nullable(),
  /** What signs the requests; left out keeps the present one. */
  webhookSecret: z.string().min(16, 'Use a secret of at least 16 characters.').max(500).optional(),
});

/** Quiet hours, reminders and the adapter as the set-up page shows them; the secret is never shown. */
export async function readMessageSettings(services: Pick<Services, 'db'>, actor: Actor) {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const { webhookSecret, ...shown } = await selectSettings(services.db, actor.tenantId);
  return { ok: true as const, ...shown, hasSecret: webhookSecret !== null };
}

/** Sets them from the page: what is said to people, when it is not, and by what way. */
export async function changeMessageSettings(
  services: Pick<Services, 'db' | 'keys' | 'clock'>,
  actor: Actor,
  form: unknown,
): Promise<
  { ok: true } | { ok: false; reason: string; message: string; field?: string; limits?: Limits | undefined }
> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const parsed = settingsForm.safeParse(form);
  if (!parsed.success) {
    return { ...badForm(parsed.error), limits: limitsOf(settingsForm, parsed.error.issues[0]?.path ?? []) };
  }
  const { webhookSecret, ...given } = parsed.data;
  if (given.webhookUrl !== null && webhookSecret === undefined) {
    const before = await selectSettings(services.db, actor.tenantId);
    if (before.webhookSecret === null) {
      const message = 'Give the secret that signs what is sent there.';
      return { ok: false, reason: 'webhook-secret-missing', message, field: 'webhookSecret' };
    }
  }
  const saved = await saveMessageSettings(
    services,
    actor.tenantId,
    {
      ...given,
      ...(webhookSecret !== undefined && { webhookSecret: Buffer.from(webhookSecret, 'utf8') }),
    },
    async (trx) => {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'message.settings-changed',
        subject: { kind: 'tenant', id: actor.tenantId },
        change: { after: { ...given, isNewSecret: webhookSecret !== undefined } },
      });
    },
  );
  if (saved.ok) return saved;
  return { ...saved, field: saved.reason === 'webhook-secret-short' ? 'webhookSecret' : 'webhookUrl' };
}

const notAllowed = {
  ok: false as const,
  reason: 'not-allowed' as const,
  message: 'Your role does not allow this.',
};
