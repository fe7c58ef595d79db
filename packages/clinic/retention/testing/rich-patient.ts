/**
 * For tests: a patient with rows in every table that can hold anything of one, written straight into the tables, with words
 * that occur nowhere else in every column that takes words. What an erasure leaves behind can then be searched for.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { TestClinic } from '../../booking/testing/clinic.ts';
import { deliverMessage, enqueueMessage, optOut, optOutToken } from '../../notify/commands.ts';
import { asTenant, type Db } from '../../platform/database.ts';
import type { Services } from '../../platform/services.ts';
import { createPatient } from '../../record/commands.ts';
import type { Actor } from '../../staff/schema.ts';

/** Words that stand for what a person told; in no other row of any test. */
export interface Marks {
  readonly name: string;
  readonly localName: string;
  readonly email: string;
  /** As it is typed; the record keeps E.164. */
  readonly phone: string;
  readonly phoneDigits: string;
  readonly birthDate: string;
  readonly words: string;
}

export const marks: Marks = {
  name: 'Zebrawort Quillfeather',
  localName: 'জেব্রাওয়র্ট কুইলফেদার',
  email: 'zebrawort.q@example.org',
  phone: '+919876541239',
  phoneDigits: '9876541239',
  birthDate: '1983-07-19',
  words: 'lives at 77 Marigold-Xylophone Lane, told us everything',
};

export interface RichPatient {
  readonly patientId: string;
  /** The earlier record that was merged into it. */
  readonly mergedId: string;
  readonly bookingId: string;
  readonly visitToComeId: string;
  readonly sessionId: string;
  readonly invoiceId: string;
  readonly lotId: string;
  readonly fileIds: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/** Inserts a row; columns that were not given and take words get the words, others that must have a value get one. */
export async function insertRow(db: Db, table: string, given: Row, words: string): Promise<void> {
  const columns = await columnsOf(db, table);
  const row: Record<string, unknown> = {};
  for (const { name, type, needed } of columns) {
    if (name in given) row[name] = given[name];
    else if (type === 'text') row[name] = words;
    else if (type === 'jsonb') row[name] = { said: words };
    else if (type === '_text') row[name] = [words];
    else if (needed) row[name] = standIn(type);
  }
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${names})
    select ${names} from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`.execute(
    db,
  );
}

async function columnsOf(
  db: Db,
  table: string,
): Promise<readonly { name: string; type: string; needed: boolean }[]> {
  const { rows } = await sql<{ name: string; type: string; needed: boolean }>`
    select column_name as name, udt_name as type, is_nullable = 'NO' and column_default is null as needed
    from information_schema.columns where table_schema = 'public' and table_name = ${table}
      and is_generated = 'NEVER' and is_identity = 'NO'`.execute(db);
  return rows;
}

function standIn(type: string): unknown {
  if (type === 'uuid') return randomUUID();
  if (type === 'bytea') return `\\x${hex()}`;
  if (type === 'bool') return false;
  if (type === 'date') return '2015-05-05';
  if (type === 'timestamptz') return '2015-05-05T06:00:00Z';
  if (type === '_uuid') return [];
  return 1;
}

/**
 * @param performedOn day of the treatment and of the invoice, `YYYY-MM-DD`
 * @param services jobs must know `notify.deliver`
 */
export async function richPatient(
  services: Services,
  clinic: TestClinic,
  actor: Actor,
  performedOn: string,
  of: Marks = marks,
): Promise<RichPatient> {
  const { tenantId, branchId, serviceId } = clinic;
  const at = `${performedOn}T06:00:00Z`;
  const minute = Date.parse(at) / 60_000;
  const day = performedOn;
  const id = () => randomUUID();
  const made = async (name: string, more: object) => {
    const one = await createPatient(services, actor, { name, language: 'bn', ...more });
    if (!one.ok) throw new Error(one.message);
    return one.patient.id;
  };
  const patientId = await made(of.name, {
    birthDate: of.birthDate,
    phones: [of.phone],
    email: of.email,
    sex: 'female',
    weightKg: 61,
    guardian: { name: of.words.slice(0, 40), relation: 'aunt', phone: of.phone },
  });
  const mergedId = await made(of.localName, { phones: [of.phone] });
  const fileIds: string[] = [];
  const messages: string[] = [];
  const [bookingId, visitToComeId, unlinkedId, sessionId, invoiceId, lotId] = [
    id(),
    id(),
    id(),
    id(),
    id(),
    id(),
  ];
  await asTenant(services.db, tenantId, async (trx) => {
    const put = (table: string, given: Row) =>
      insertRow(trx, table, { tenant_id: tenantId, ...given }, of.words);
    const file = async () => {
      const bytes = Buffer.from(`${of.name} ${of.words} ${fileIds.length}`);
      const stored = await services.files.put(trx, { tenantId, bytes, mediaType: 'image/png' });
      fileIds.push(stored.id);
      return stored.id;
    };
    await sql`update patients set merged_into = ${patientId} where tenant_id = ${tenantId} and id = ${mergedId}`.execute(
      trx,
    );
    await sql`update patients set created_at = ${at} where tenant_id = ${tenantId} and id in (${patientId}, ${mergedId})`.execute(
      trx,
    );
    const mergeId = id();
    await put('patient_merges', {
      id: mergeId,
      from_id: mergedId,
      into_id: patientId,
      undone_at: null,
      undone_by: null,
    });
    await put('patient_merge_rows', { merge_id: mergeId, table_name: 'bookings' });

    const staffId = actor.staffId;
    await put('staff', {
      id: staffId,
      email: `${id()}@example.org`,
      name: 'Member',
      role: 'owner',
      password_hash: null,
    });
    const itemId = id();
    await put('stock_items', {
      id: itemId,
      kind: 'pigment',
      name: `Umber ${itemId}`,
      maker: null,
      base_unit: 'ul',
      unit: 'drop',
      drop_ul: 50,
      version: 1,
      ingredients: [],
      actives: [],
      needle: null,
      note: null,
      set_pigment_id: null,
    });
    await put('stock_lots', {
      id: lotId,
      item_id: itemId,
      lot_number: 'L1',
      supplier: null,
      held_at: null,
      held_reason: null,
      findings: [],
      accepted_reason: null,
    });
    await put('stock_movements', {
      id: id(),
      lot_id: lotId,
      kind: 'used',
      quantity: -100,
      said: 2,
      said_unit: 'drop',
      book: 0,
      flags: [],
      reason: null,
      source_kind: 'session',
      source_id: sessionId,
    });

    // Visits, wishes, messages.
    const visit = {
      kind: 'visit',
      branch_id: branchId,
      service_id: serviceId,
      practitioner_id: clinic.staffIds[0],
      language: 'bn',
      hold_expires_at: null,
      cancelled_by: null,
      moves: 0,
      version: 1,
      calendar_sequence: 0,
    };
    const times = (from: number) => ({
      start_min: from,
      end_min: from + 30,
      occupied_from_min: from,
      occupied_to_min: from + 30,
    });
    const who = { name: of.name, phone: of.phone, email: of.email };
    await put('bookings', {
      ...visit,
      ...who,
      ...times(minute),
      id: bookingId,
      status: 'completed',
      patient_id: patientId,
      person_key: `patient ${patientId}`,
      source: 'desk',
    });
    await put('bookings', {
      ...visit,
      ...who,
      ...times(Math.floor(services.clock.now().getTime() / 60_000) + 6000),
      id: visitToComeId,
      status: 'confirmed',
      patient_id: patientId,
      person_key: `patient ${patientId}`,
      source: 'desk',
    });
    await put('bookings', {
      ...visit,
      ...who,
      ...times(minute + 600),
      id: unlinkedId,
      status: 'no-show',
      patient_id: null,
      person_key: id(),
      source: 'site',
    });
    await put('booking_events', { booking_id: bookingId, what: 'confirmed' });
    await put('booking_links', {
      id: id(),
      purpose: 'manage',
      subject_id: bookingId,
      token_hash: `\\x${hex()}`,
    });
    await put('emergency_reasons', {
      staff_id: staffId,
      reason: `${marks.name} faints at the desk; ${marks.words}`,
      salt: `\\x${hex().slice(0, 32)}`,
    });
    await put('idempotency_keys', {
      key: `key ${id()}`,
      reply: { kind: 'booking', bookingId, linkId: id() },
    });
    const entryId = id();
    await put('waitlist_entries', {
      id: entryId,
      service_id: serviceId,
      branch_id: branchId,
      from_day: day,
      to_day: day,
      earliest_min: 0,
      latest_min: 1440,
      state: 'booked',
      ...who,
      language: 'bn',
    });
    await put('waitlist_offers', { id: id(), entry_id: entryId, booking_id: bookingId, state: 'accepted' });
    const callBackId = id();
    await put('call_back_requests', {
      id: callBackId,
      name: of.name,
      phone: `${of.phoneDigits.slice(0, 5)} ${of.phoneDigits.slice(5)}`,
      language: 'bn',
      state: 'open',
      booking_id: null,
      tries: 0,
    });
    const picture = { treatment: 'lip', healing_state: 'week6', outcome: 'expected', consent_language: 'bn' };
    await put('preview_pictures', {
      ...picture,
      id: id(),
      booking_id: bookingId,
      call_back_id: null,
      file_id: await file(),
    });
    await put('preview_pictures', {
      ...picture,
      id: id(),
      booking_id: null,
      call_back_id: callBackId,
      file_id: await file(),
    });
    const linkId = id();
    await put('record_links', { id: linkId, patient_id: patientId, asks: 'phone', made_by: staffId });
    const exportId = id();
    await put('exports', {
      id: exportId,
      kind: 'record',
      patient_id: patientId,
      link_id: linkId,
      state: 'ready',
      asked_by: staffId,
      as_of: at,
      expires_at: at,
    });
    await put('export_files', { export_id: exportId, seq: 1, file_id: await file() });
    const importId = id();
    await put('imports', {
      id: importId,
      kind: 'patients',
      state: 'staged',
      file_id: await file(),
      format: {},
      mapping: {},
      counts: {},
    });
    await put('import_rows', {
      import_id: importId,
      row_number: 1,
      outcome: 'duplicate',
      subject_id: patientId,
      faults: [],
    });
    await put('contact_consents', {
      id: id(),
      patient_id: patientId,
      channel: 'email',
      purpose: 'news',
      given_via: 'desk',
      withdrawn_at: null,
    });
    for (const state of ['open', 'accepted'] as const) {
      const formId = id();
      await put('intake_forms', {
        id: formId,
        patient_id: patientId,
        booking_id: state === 'open' ? bookingId : null,
        treatment: 'lip',
        language: 'bn',
        state,
        asks: 'nothing',
        proof: null,
        version: 1,
      });
      await put('intake_saves', { form_id: formId, version: 1 });
    }

    // The clinical record.
    const treatment = 'lip';
    const ofPatient = { patient_id: patientId, treatment };
    await put('health_entries', {
      id: id(),
      patient_id: patientId,
      kind: 'history',
      source: 'desk',
      flag: null,
    });
    const draftId = id();
    await put('plan_drafts', {
      id: draftId,
      patient_id: patientId,
      revision: 1,
      state: { treatment, photo: { name: of.words } },
    });
    await put('plan_draft_steps', { draft_id: draftId, step: { note: of.words } });
    const planId = id();
    await put('plans', {
      plan_id: planId,
      version: 1,
      patient_id: patientId,
      created_by: staffId,
      document: JSON.stringify({ treatment, engineVersion: '1', note: of.words, name: of.name }),
      sha256: `\\x${hex()}`,
    });
    await put('plan_files', { plan_id: planId, version: 1, part: 'photo', file_id: await file() });
    await put('plan_signatures', { plan_id: planId, version: 1 });
    await put('screening_answers', { ...ofPatient, version: 1, source: 'staff' });
    const decisionId = id();
    await put('screening_decisions', {
      ...ofPatient,
      id: decisionId,
      answers_version: 1,
      overall: 'go',
      signed_at: at,
    });
    await put('screening_reopenings', { decision_id: decisionId, because: 'physician' });
    const spotId = id();
    await put('screening_spots', {
      ...ofPatient,
      id: spotId,
      kind: 'trial',
      placed_at: at,
      set_aside_at: null,
      set_aside_reason: null,
    });
    await put('spot_readings', { spot_id: spotId, seq: 1, reading: 'week-6', outcome: 'clear' });
    await put('consent_texts', {
      treatment,
      language: 'bn',
      version: 1,
      review_state: 'unreviewed',
      content: 'Text',
    });
    const consentId = id();
    await put('consents', {
      ...ofPatient,
      id: consentId,
      language: 'bn',
      text_version: 1,
      state: 'withdrawn',
      token_hash: `\\x${hex()}`,
      signed_at: at,
      file_id: await file(),
      withdrawn_at: at,
      offered_by: staffId,
    });
    await put('consent_signatures', {
      consent_id: consentId,
      part: 'patient',
      name: of.name,
      method: 'drawn',
    });
    await put('photo_consents', {
      id: id(),
      patient_id: patientId,
      consent_id: consentId,
      use: 'teaching',
      withdrawn_at: null,
      withdrawn_by_kind: null,
      withdrawn_by: null,
    });
    const photoId = id();
    await put('photos', { ...ofPatient, id: photoId, origin: 'camera', file_id: await file(), taken_at: at });
    await put('photo_copies', { photo_id: photoId, size: 'thumb', file_id: await file() });
    await put('photo_lines', { id: id(), photo_id: photoId, kind: 'scale' });
    const uploadId = id();
    await put('photo_uploads', { id: uploadId, patient_id: patientId, received_bytes: 0 });
    await put('photo_upload_parts', { upload_id: uploadId, at_byte: 0, file_id: await file() });
    await put('sessions', {
      ...ofPatient,
      id: sessionId,
      branch_id: branchId,
      plan_id: planId,
      plan_version: 1,
      operator_id: staffId,
      physician_id: staffId,
      state: 'signed',
      started_at: at,
      performed_at: at,
      kept_at: at,
      kept_by: staffId,
      kept_times: 1,
      signed_at: at,
      signed_by: staffId,
      sha256: `\\x${hex()}`,
    });
    await put('session_entries', {
      session_id: sessionId,
      seq: 1,
      id: id(),
      device_id: id(),
      counter: 1,
      seen_seq: 0,
      kind: 'note',
    });
    await put('session_lots', {
      session_id: sessionId,
      lot_id: lotId,
      kind: 'pigment',
      drops: 2,
      unit: 'drop',
      quantity: 2,
    });
    const checkInId = id();
    const checkIn = { ...ofPatient, session_id: sessionId, performed_at: at, answer_version: 0 };
    await put('check_ins', {
      ...checkIn,
      id: checkInId,
      protocol_day: 'day1',
      day_number: 1,
      state: 'answered',
      urgency: 'SELF',
    });
    await put('check_ins', {
      ...checkIn,
      id: id(),
      protocol_day: 'month24',
      day_number: 720,
      state: 'planned',
      urgency: null,
    });
    await put('check_in_answers', {
      check_in_id: checkInId,
      version: 1,
      photo_file_id: await file(),
      urgency: 'SELF',
      said_by: 'patient',
    });
    const caseId = id();
    await put('follow_up_cases', {
      id: caseId,
      patient_id: patientId,
      session_id: sessionId,
      check_in_id: checkInId,
      source: 'check-in',
      urgency: 'DAY',
      state: 'answered',
      answered_at: at,
    });
    await put('follow_up_entries', { case_id: caseId, what: 'noted' });
    const eventId = id();
    await put('adverse_events', {
      ...ofPatient,
      id: eventId,
      version: 1,
      session_id: sessionId,
      lot_id: lotId,
      case_id: caseId,
      grade: 2,
      onset_on: day,
      found_by: 'desk',
      outcome: 'resolved',
      resolved_on: null,
      recorded_at: at,
    });
    await put('adverse_event_versions', { event_id: eventId, version: 1 });
    await put('followed_sessions', { ...ofPatient, session_id: sessionId, performed_on: day });
    await put('followed_lots', { session_id: sessionId, lot_id: lotId, treatment, performed_on: day });
    const recallId = id();
    await put('recalls', { id: recallId, lot_id: lotId, reason: 'Asked back', closing: null });
    await put('recall_contacts', {
      id: id(),
      recall_id: recallId,
      patient_id: patientId,
      way: 'call',
      outcome: 'reached',
    });
    const outcomeId = id();
    await put('outcomes', {
      ...ofPatient,
      id: outcomeId,
      session_id: sessionId,
      plan_id: planId,
      plan_version: 1,
      time_point: 'week6',
      performed_on: day,
      taken_on: day,
      days_after: 42,
      skin_group: null,
      state: null,
      shares: null,
      withdrawn_at: at,
    });
    await put('outcome_pairs', {
      id: id(),
      outcome_id: outcomeId,
      before_file: await file(),
      after_file: await file(),
      original_file: await file(),
    });
    await put('outcome_ratings', {
      id: id(),
      outcome_id: outcomeId,
      kind: 'physician',
      rater_id: staffId,
      rating: 'good',
      rating_before: null,
    });

    // Money.
    const invoice = {
      kind: 'invoice',
      credits_invoice_id: null,
      financial_year: '2015-16',
      label: 'I-1',
      patient_id: patientId,
      buyer_gstin: null,
      place_of_supply: '19',
      seller: {},
      issued_at: at,
      issued_day: day,
      reason: null,
      taxable_minor: 100,
      cgst_minor: 0,
      sgst_minor: 0,
      igst_minor: 0,
      total_minor: 100,
    };
    await put('invoices', { ...invoice, id: invoiceId, number: 1, buyer_name: of.name });
    await put('invoices', {
      ...invoice,
      id: id(),
      kind: 'credit-note',
      credits_invoice_id: invoiceId,
      number: 1,
      buyer_name: of.name,
      reason: of.words,
    });
    await put('invoice_lines', {
      invoice_id: invoiceId,
      line: 1,
      text: 'Session',
      sac: null,
      indication: 'cosmetic',
      quantity: 1,
      sessions: 3,
      taxable_minor: 100,
      cgst_minor: 0,
      sgst_minor: 0,
      igst_minor: 0,
      total_minor: 100,
    });
    await put('payments', {
      id: id(),
      kind: 'payment',
      refunds_payment_id: null,
      patient_id: patientId,
      branch_id: branchId,
      method: 'upi',
      amount_minor: 100,
      financial_year: '2015-16',
      number: 1,
      label: 'R-1',
      day,
    });
    await put('package_uses', { id: id(), invoice_id: invoiceId, line: 1, patient_id: patientId });

    await put('legal_holds', { id: id(), patient_id: patientId, lifted_at: at, lifted_by: staffId });
    const messageId = (await enqueueMessage(services, trx, {
      tenantId,
      channel: 'email',
      recipient: of.email,
      template: 'plain',
      language: 'bn',
      urgent: true,
      params: { subject: of.name, text: of.words },
      subject: { kind: 'booking', id: bookingId },
      dedupeKey: `${of.words} ${bookingId}`,
    })) as string;
    // What the queue keeps of a run that failed may quote the words it failed on.
    await sql`update jobs.job set output = ${JSON.stringify({ message: of.words })}::jsonb
      where data ->> 'messageId' = ${messageId}`.execute(trx);
    messages.push(messageId);
  });
  for (const messageId of messages) {
    await deliverMessage({ ...services, jobs: () => services.jobs }, { tenantId, messageId });
  }
  await optOut(services, tenantId, optOutToken(services.keys, tenantId, of.email));
  return { patientId, mergedId, bookingId, visitToComeId, sessionId, invoiceId, lotId, fileIds };
}

const hex = () => randomUUID().replaceAll('-', '').repeat(2);
