/** Copies made at the machine itself, by whoever may read its data folder: nobody is signed in there. */
import { recordAudit } from '../audit/commands.ts';
import { recordTypes } from '../fhir/schema.ts';
import type { Trx } from '../platform/database.ts';
import { inTenant } from '../platform/scope.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Actor } from '../staff/schema.ts';
import { tenantSites } from '../tenant/commands.ts';
import { bulkFiles } from './bulk.ts';
import { type RecordServices, type RecordSummary, recordZip } from './record.ts';

interface Refused {
  readonly ok: false;
  readonly message: string;
}

/** In place of a member: an id nobody has. Documents are set with an owner's rights. */
const nobodyId = '00000000-0000-4000-8000-000000000000';

export async function exportRecord(
  services: RecordServices,
  clinicId: string | undefined,
  patientId: string,
): Promise<{ ok: true; bytes: Buffer; summary: RecordSummary } | Refused> {
  if (!isUuid(patientId))
    return {
      ok: false,
      message: 'That is no id of a patient; copy it from the address of the chart.',
    };
  return ofClinic(services, clinicId, async (tenantId) => {
    const made = await atOneMoment(services, async (moment) => {
      const zip = await recordZip(services, moment, machine(tenantId), patientId);
      if (zip === undefined) return undefined;
      const pieces: Buffer[] = [];
      for await (const piece of zip.chunks) pieces.push(piece);
      return { bytes: Buffer.concat(pieces), summary: zip.summary };
    });
    if (made === undefined)
      return {
        ok: false,
        message: `There is no patient ${patientId} in this clinic, or the record was merged.`,
      };
    const { patientIds: _, ...counts } = made.summary;
    await leaveEntry(services, tenantId, 'record.exported', { kind: 'patient', id: patientId }, counts);
    return { ok: true as const, ...made };
  });
}

export async function exportBulk(
  services: RecordServices,
  clinicId: string | undefined,
): Promise<{ ok: true; files: Record<string, Buffer>; resources: Record<string, number> } | Refused> {
  return ofClinic(services, clinicId, async (tenantId) => {
    const asOf = services.clock.now();
    const files: Record<string, Buffer> = {};
    const resources: Record<string, number> = {};
    const output: { type: string; file: string; count: number }[] = [];
    await atOneMoment(services, async (moment) => {
      const wish = { types: recordTypes, since: null, ofPatients: false };
      for await (const one of bulkFiles(services, moment, machine(tenantId), wish)) {
        const file = `${one.type}-${one.part}.ndjson`;
        files[file] = one.bytes;
        resources[one.type] = (resources[one.type] ?? 0) + one.resources;
        output.push({ type: one.type, file, count: one.resources });
      }
    });
    const manifest = { transactionTime: asOf.toISOString(), output };
    files['manifest.json'] = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const subject = { kind: 'tenant', id: tenantId };
    await leaveEntry(services, tenantId, 'fhir.exported', subject, { files: output.length, resources });
    return { ok: true as const, files, resources };
  });
}

async function ofClinic<T>(
  services: RecordServices,
  clinicId: string | undefined,
  work: (tenantId: string) => Promise<T | Refused>,
): Promise<T | Refused> {
  const clinics = await tenantSites(services);
  const one = clinicId === undefined ? clinics[0] : clinics.find(({ id }) => id === clinicId);
  if (one === undefined)
    return {
      ok: false,
      message: clinicId === undefined ? 'There is no clinic yet.' : `There is no clinic ${clinicId}.`,
    };
  return inTenant(one.id, () => work(one.id), one.publicUrl);
}

function atOneMoment<T>(services: RecordServices, work: (moment: Trx) => Promise<T>): Promise<T> {
  return services.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}

function machine(tenantId: string): Actor {
  return { tenantId, staffId: nobodyId, role: 'owner', name: '', sessionId: nobodyId };
}

function leaveEntry(
  services: RecordServices,
  tenantId: string,
  action: string,
  subject: { readonly kind: string; readonly id: string },
  after: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
): Promise<void> {
  return services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action,
      subject,
      change: { after },
    }),
  );
}
