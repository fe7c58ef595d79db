/** The record as a table that can be imported again: the other half of the round trip. */
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import { csvText } from '../platform/csv.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { appointmentFields, type ImportKind, type ImportRefusal } from './schema.ts';

const patientColumns = [
  'name',
  'birth date',
  'sex',
  'phone',
  'email',
  'language',
  'weight kg',
  'note',
] as const;

/**
 * All patients or appointments as text. Whoever was merged or erased is not among them; of somebody whose age alone is
 * known the latest birth date that fits is given.
 */
export async function tableOf(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  kind: ImportKind,
): Promise<{ ok: true; text: string } | ImportRefusal> {
  if (!can(actor.role, 'data.export'))
    return { ok: false, reason: 'not-allowed', message: 'Your role does not allow this.' };
  const { tenantId } = actor;
  return asTenant(services.db, tenantId, async (trx) => {
    const { rows } =
      kind === 'patients'
        ? await sql<Record<string, string | null>>`
            select name, birth_date::text as "birth date", sex, array_to_string(phones, '; ') as phone, email, language,
              weight_kg::text as "weight kg",
              (select string_agg(h.note, E'\\n' order by h.noted_at, h.id) from health_entries h
                where h.tenant_id = p.tenant_id and h.patient_id = p.id and h.kind = 'history' and h.flag is null
                  and h.ended_at is null) as note
            from patients p where tenant_id = ${tenantId} and merged_into is null and erased_at is null
              and not exists (select from erasures e
                where e.tenant_id = p.tenant_id and e.patient_id = p.id and e.state = 'waiting')
            order by created_at, name, id`.execute(trx)
        : await sql<Record<string, string | null>>`
            select to_char(b.starts_at at time zone r.zone, 'YYYY-MM-DD') as date,
              to_char(b.starts_at at time zone r.zone, 'HH24:MI') as time, s.slug as service, d.name as practitioner,
              r.name as branch, case when b.status = 'arrived' then 'completed' else b.status end as status, b.name, b.phone,
              b.email, b.language, b.note
            from bookings b join branches r on r.tenant_id = b.tenant_id and r.id = b.branch_id
              join services s on s.tenant_id = b.tenant_id and s.id = b.service_id
              join practitioners d on d.tenant_id = b.tenant_id and d.id = b.practitioner_id
            where b.tenant_id = ${tenantId} and b.kind = 'visit' and b.name is not null
              and b.status in ('confirmed', 'arrived', 'completed', 'cancelled', 'no-show')
            order by b.start_min, d.name, b.id`.execute(trx);
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'import.given-out',
      subject: { kind: 'patient', id: null },
      change: { after: { kind, rows: rows.length } },
    });
    const columns: readonly string[] = kind === 'patients' ? patientColumns : appointmentFields;
    return {
      ok: true as const,
      text: csvText(
        columns,
        rows.map((row) => columns.map((column) => row[column] ?? null)),
      ),
    };
  });
}
