/** What has passed its period: found every night, laid before the owner, removed by itself only where the owner said so. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { AuditActor } from '../audit/schema.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { inTenant } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { carryOut, type EraseServices, pastTheFence, todayOf } from './erase.ts';
import { notAllowed } from './refusals.ts';
import { removeRows } from './remove.ts';
import { eraseJob } from './requests.ts';
import { addMonths, freeFrom } from './rules.ts';
import type { RetentionRefusal } from './schema.ts';
import { insertErasure, selectAnchors, selectErasures, selectSchedule } from './store.ts';
import { type Subjects, subjectsOf } from './subjects.ts';

type PassedServices = EraseServices & { readonly jobs: () => Pick<Services['jobs'], 'send'> };

/** At most so many people are laid before the owner in one night. */
const mostANight = 200;

/** @returns how many patients were newly listed, and how many enquiries went because the owner wants it so */
export async function reviewRetention(
  services: PassedServices,
  tenantId: string,
): Promise<{ listed: number; enquiries: number }> {
  const listed = await asTenant(services.db, tenantId, (trx) => listPassed(services, trx, tenantId));
  const schedule = await asTenant(services.db, tenantId, (trx) => selectSchedule(trx, tenantId));
  const byItself = schedule.some(({ kind, erasesByItself }) => kind === 'enquiry' && erasesByItself);
  const enquiries = byItself ? await removeEnquiries(services, tenantId, { kind: 'system', id: null }) : 0;
  return { listed, enquiries };
}

async function listPassed(services: PassedServices, trx: Trx, tenantId: string): Promise<number> {
  const today = await todayOf(services, trx, tenantId);
  const schedule = await selectSchedule(trx, tenantId);
  const rule = (kind: 'contact' | 'treatment') => schedule.find((one) => one.kind === kind);
  const [contact, treatment] = [rule('contact'), rule('treatment')];
  if (contact === undefined || treatment === undefined) return 0;
  const quietSince = addMonths(today, -contact.keepMonths);
  const { rows } = await sql<{ id: string }>`
    select id from patients p where tenant_id = ${tenantId} and merged_into is null and erased_at is null
      and created_at < ${quietSince}::date
      and not exists (select 1 from bookings b where b.tenant_id = p.tenant_id and b.patient_id = p.id and b.starts_at >= ${quietSince}::date)
      and not exists (select 1 from sessions s where s.tenant_id = p.tenant_id and s.patient_id = p.id and s.started_at >= ${quietSince}::date)
      and not exists (select 1 from legal_holds h where h.tenant_id = p.tenant_id and h.patient_id = p.id and h.lifted_at is null)
      and not exists (select 1 from erasures e where e.tenant_id = p.tenant_id and e.patient_id = p.id and e.state <> 'done'
        and (e.state <> 'refused' or e.decided_at > ${services.clock.now()}::timestamptz - interval '1 year'))
    order by created_at limit 2000`.execute(trx);
  const now = services.clock.now();
  const state =
    contact.erasesByItself && treatment.erasesByItself ? ('approved' as const) : ('requested' as const);
  const listed: string[] = [];
  for (const { id } of rows) {
    if (listed.length >= mostANight) break;
    const subjects = await subjectsOf(services, trx, tenantId, id);
    if (subjects === undefined) continue;
    const anchors = await selectAnchors(trx, tenantId, subjects);
    const free = [freeFrom(treatment, anchors, 'keep'), freeFrom(contact, anchors, 'keep')];
    if (free.some((day) => day !== null && day > today)) continue;
    const erasureId = randomUUID();
    const written = await insertErasure(trx, {
      tenant_id: tenantId,
      id: erasureId,
      patient_id: id,
      patient_ids: [...subjects.patients],
      source: 'schedule',
      state,
      asked: null,
      proof: null,
      expires_at: null,
      note: '',
      recorded_at: now,
      recorded_by: null,
      requested_at: now,
      decided_at: state === 'approved' ? now : null,
      decided_by: null,
    });
    if (!written) continue;
    if (state === 'approved') await services.jobs().send(trx, eraseJob, { tenantId, erasureId });
    listed.push(id);
  }
  if (listed.length > 0) {
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'retention.passed',
      subject: { kind: 'patient', id: null },
      change: { after: { found: listed, state } },
    });
  }
  return listed.length;
}

/** How many people asked longer ago than the clinic keeps it and never became patients. */
export async function countEnquiries(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true; count: number; before: string } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const before = await enquiriesBefore(services, trx, actor.tenantId);
    const found = await oldEnquiries(trx, actor.tenantId, before, 100_000);
    return {
      ok: true as const,
      count: found.bookings.length + found.waitlist.length + found.callBacks.length,
      before,
    };
  });
}

export async function eraseEnquiries(
  services: EraseServices,
  actor: Actor,
): Promise<{ ok: true; erased: number } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  return {
    ok: true,
    erased: await removeEnquiries(services, actor.tenantId, { kind: 'staff', id: actor.staffId }),
  };
}

async function enquiriesBefore(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
): Promise<string> {
  const months =
    (await selectSchedule(trx, tenantId)).find(({ kind }) => kind === 'enquiry')?.keepMonths ?? 12;
  return addMonths(await todayOf(services, trx, tenantId), -months);
}

async function oldEnquiries(trx: Trx, tenantId: string, before: string, limit: number) {
  const ids = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    (await query.execute(trx)).rows.map(({ id }) => id);
  return {
    bookings: await ids(sql<{
      id: string;
    }>`select id from bookings where tenant_id = ${tenantId} and patient_id is null
      and kind = 'visit' and name is not null and starts_at < ${before}::date order by starts_at limit ${limit}`),
    waitlist: await ids(sql<{ id: string }>`select id from waitlist_entries where tenant_id = ${tenantId}
      and created_at < ${before}::date and to_day < ${before}::date order by created_at limit ${limit}`),
    callBacks: await ids(sql<{ id: string }>`select id from call_back_requests where tenant_id = ${tenantId}
      and changed_at < ${before}::date order by created_at limit ${limit}`),
  };
}

async function removeEnquiries(
  services: EraseServices,
  tenantId: string,
  actor: AuditActor,
): Promise<number> {
  for (let erased = 0; ; ) {
    const { count, fileKeys } = await pastTheFence(services.db, async (trx) => {
      const before = await enquiriesBefore(services, trx, tenantId);
      const found = await oldEnquiries(trx, tenantId, before, 500);
      const number = found.bookings.length + found.waitlist.length + found.callBacks.length;
      if (number === 0) return { count: 0, fileKeys: [] };
      const about = [...found.bookings, ...found.waitlist, ...found.callBacks];
      const { rows: forms } = await sql<{
        id: string;
      }>`select id from intake_forms where tenant_id = ${tenantId}
        and patient_id is null and booking_id = any(${found.bookings}::uuid[])`.execute(trx);
      const { rows: messages } = await sql<{
        id: string;
      }>`select id from messages where tenant_id = ${tenantId}
        and subject_id = any(${about}::uuid[])`.execute(trx);
      const subjects: Subjects = {
        ...nobody,
        ...found,
        now: services.clock.now(),
        forms: forms.map(({ id }) => id),
        messages: messages.map(({ id }) => id),
      };
      const removed = await removeRows(trx, tenantId, subjects, new Set(['contact']));
      await recordAudit(services, trx, {
        tenantId,
        actor,
        action: 'retention.enquiries-erased',
        subject: { kind: 'booking', id: null },
        change: { after: { before, gone: removed.gone } },
      });
      return { count: number, fileKeys: removed.fileKeys };
    });
    await inTenant(tenantId, () => services.files.removeBytes(services.db, fileKeys));
    erased += count;
    if (count === 0) return erased;
  }
}

const nobody: Subjects = {
  now: new Date(0),
  patients: [],
  names: [],
  emails: [],
  phones: [],
  bookings: [],
  waitlist: [],
  callBacks: [],
  forms: [],
  uploads: [],
  photos: [],
  plans: [],
  sessions: [],
  consents: [],
  decisions: [],
  spots: [],
  checkIns: [],
  cases: [],
  events: [],
  outcomes: [],
  merges: [],
  messages: [],
  optOuts: [],
  sameContactOtherName: 0,
  namedFromMinor: null,
};

/** Every night: what has passed is listed, what waited for its date is carried out, what was cut off goes on. */
const retentionJob: Job = {
  name: 'retention.review',
  payload: z.object({}),
  schedule: '41 20 * * *',
  expiresAfterSeconds: 3600,
};

export function retentionJobs(services: PassedServices): readonly Handler[] {
  return [
    handle(eraseJob, async ({ tenantId, erasureId }) => {
      await carryOut(services, tenantId, erasureId);
    }),
    handle(retentionJob, async () => {
      for (const { id } of await listTenants(services)) {
        const found = await reviewRetention(services, id);
        services.log.info({ tenantId: id, ...found }, 'retention reviewed');
        for (const row of await selectErasures(services.db, id, {
          states: ['approved', 'running', 'sweeping', 'waiting'],
          limit: 1000,
        })) {
          await carryOut(services, id, row.id);
        }
      }
    }),
  ];
}
