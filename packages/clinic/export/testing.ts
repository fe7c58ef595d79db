/** A clinic with one person of whom something stands in every table that can hold something of a person. For tests. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { TestServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';

export interface WholePerson {
  readonly tenantId: string;
  readonly patientId: string;
  /** An owner. */
  readonly actor: Actor;
  readonly sessionId: string;
  readonly lotIds: { readonly pigment: string; readonly needle: string; readonly drug: string };
  readonly consentFile: string;
  readonly photoFile: string;
  readonly photoId: string;
}

const at = '2026-02-20T06:00:00Z';
const day = '2026-02-20';
/** The smallest JPEG that is one: 1 × 1 px, grey. */
export const tinyJpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'base64',
);
const tinyPdf = Buffer.from('%PDF-1.4\n%%EOF\n');

export async function wholePerson(services: TestServices, name = 'Sample patient 014'): Promise<WholePerson> {
  const { tenantId, branchId, serviceId, staffIds } = await makeTestClinic(services.db);
  const staffId = randomUUID();
  const ids = {
    patient: randomUUID(),
    merged: randomUUID(),
    booking: randomUUID(),
    consent: randomUUID(),
    intake: randomUUID(),
    decision: randomUUID(),
    spot: randomUUID(),
    plan: randomUUID(),
    photo: randomUUID(),
    upload: randomUUID(),
    session: randomUUID(),
    checkIn: randomUUID(),
    followUp: randomUUID(),
    event: randomUUID(),
    outcome: randomUUID(),
    invoice: randomUUID(),
    entry: randomUUID(),
    merge: randomUUID(),
    recall: randomUUID(),
  };
  const lotIds = { pigment: randomUUID(), needle: randomUUID(), drug: randomUUID() };
  return asTenant(services.db, tenantId, async (trx) => {
    const put = putter(trx, tenantId);
    const file = async (bytes: Buffer, mediaType: string) =>
      (await services.files.put(trx, { tenantId, bytes, mediaType })).id;
    await put('staff', {
      id: staffId,
      email: `${staffId}@example.org`,
      name: 'Sample owner',
      role: 'owner',
      created_at: at,
    });
    await put('patients', {
      id: ids.patient,
      name,
      language: 'bn',
      synthetic: true,
      created_at: at,
      birth_date: '1990-05-21',
      sex: 'female',
      phones: ['+919800000014'],
      phone_digits: '919800000014',
      email: 'patient014@example.org',
      fitzpatrick: 4,
      monk: 6,
      weight_kg: 61.5,
      weighed_on: day,
      guardian: { name: 'Sample guardian', relation: 'mother', phone: '+919800000015' },
    });
    await put('patients', {
      id: ids.merged,
      name,
      language: 'bn',
      synthetic: true,
      created_at: at,
      birth_date: '1990-12-31',
      birth_date_exact: false,
      merged_into: ids.patient,
    });
    await put('patient_merges', {
      id: ids.merge,
      from_id: ids.merged,
      into_id: ids.patient,
      filled: {},
      merged_at: at,
      merged_by: staffId,
    });
    await put('patient_merge_rows', {
      merge_id: ids.merge,
      table_name: 'bookings',
      row_key: { id: ids.booking },
      moved: true,
    });
    await put('name_words', { word: 'sample', key: 'sample', skeleton: 'smpl' });
    await put('patient_words', { word: 'sample', patient_id: ids.patient });
    for (const [kind, flag, note] of [
      ['history', 'keloid', ''],
      ['allergy', 'latex-allergy', 'gloves'],
      ['medicine', null, 'a painkiller now and then'],
    ] as const) {
      await put('health_entries', {
        id: randomUUID(),
        patient_id: ids.patient,
        kind,
        flag,
        note,
        source: 'desk',
        noted_at: at,
        ...(kind === 'medicine' && { ended_at: '2026-02-25T06:00:00Z' }),
      });
    }
    await put('contact_consents', {
      id: randomUUID(),
      patient_id: ids.patient,
      channel: 'email',
      purpose: 'aftercare',
      given_at: at,
      given_via: 'desk',
    });
    await put('bookings', {
      id: ids.booking,
      kind: 'visit',
      status: 'confirmed',
      branch_id: branchId,
      service_id: serviceId,
      practitioner_id: staffIds[0],
      patient_id: ids.patient,
      person_key: `patient ${ids.patient}`,
      start_min: 29_600_000,
      end_min: 29_600_030,
      occupied_from_min: 29_600_000,
      occupied_to_min: 29_600_030,
      name,
      phone: '+919800000014',
      note: 'comes by bus',
      source: 'desk',
      created_at: at,
      changed_at: at,
    });
    await put('booking_events', {
      booking_id: ids.booking,
      what: 'confirmed',
      actor_kind: 'staff',
      actor_id: staffId,
      at,
    });
    await put('booking_links', {
      id: randomUUID(),
      purpose: 'manage',
      subject_id: ids.booking,
      token_hash: hash(ids.booking),
      expires_at: '2026-12-31T00:00:00Z',
      created_at: at,
    });
    const wish = randomUUID();
    await put('waitlist_entries', {
      id: wish,
      service_id: serviceId,
      branch_id: branchId,
      from_day: day,
      to_day: day,
      state: 'booked',
      name,
      phone: '+919800000014',
      language: 'bn',
      created_at: at,
    });
    await put('waitlist_offers', {
      id: randomUUID(),
      entry_id: wish,
      booking_id: ids.booking,
      expires_at: at,
      state: 'accepted',
      created_at: at,
    });
    await put('call_back_requests', {
      id: randomUUID(),
      name,
      phone: '+919800000014',
      language: 'bn',
      state: 'reached',
      booking_id: ids.booking,
      created_at: at,
      changed_at: at,
    });
    await put('preview_pictures', {
      id: randomUUID(),
      booking_id: ids.booking,
      file_id: await file(tinyJpeg, 'image/jpeg'),
      treatment: 'vitiligo',
      healing_state: 'week6',
      outcome: 'expected',
      consent_language: 'bn',
      consent_words: 'I send this picture to the clinic.',
      consented_at: at,
    });
    await put('messages', {
      id: randomUUID(),
      channel: 'email',
      recipient: 'patient014@example.org',
      template: 'plain',
      language: 'bn',
      params: { subject: 'Your visit', text: 'Until soon' },
      subject_kind: 'booking',
      subject_id: ids.booking,
      state: 'sent',
      due_at: at,
      created_at: at,
    });
    await put('intake_forms', {
      id: ids.intake,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      language: 'bn',
      state: 'submitted',
      asks: 'nothing',
      draft: { name: { value: name, at: 1 }, 'gate.G10': { value: 'no', at: 2 } },
      expires_at: '2026-12-31T00:00:00Z',
      created_at: at,
      submitted_at: at,
    });
    await put('intake_saves', { form_id: ids.intake, version: 1, edits: {}, saved_at: at });
    await put('screening_answers', {
      patient_id: ids.patient,
      treatment: 'vitiligo',
      version: 1,
      answers: { G10: { choice: 'no' }, G14: { choice: 'yes', date: day } },
      source: 'intake',
      given_at: at,
      given_by_kind: 'link',
    });
    await put('screening_decisions', {
      id: ids.decision,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      answers_version: 1,
      overall: 'go',
      document: '{}',
      sha256: hash('decision'),
      signed_at: at,
      signed_by: staffId,
    });
    await put('screening_reopenings', {
      decision_id: ids.decision,
      because: 'physician',
      reopened_at: at,
      reopened_by_kind: 'staff',
    });
    await put('screening_spots', {
      id: ids.spot,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      kind: 'patch',
      place: 'behind the left ear',
      what: 'Sample brown',
      lot_ids: [lotIds.pigment],
      placed_at: at,
      recorded_at: at,
      recorded_by: staffId,
    });
    await put('spot_readings', {
      spot_id: ids.spot,
      seq: 1,
      reading: 'day-8',
      outcome: 'clear',
      signs: [],
      lab: [52.1, 9.25, 16.5],
      surround_lab: [51, 9, 16],
      note: '',
      read_at: at,
      read_by: staffId,
    });
    const consentFile = await file(tinyPdf, 'application/pdf');
    await put('consent_texts', {
      treatment: 'vitiligo',
      language: 'bn',
      version: 1,
      content: '{}',
      sha256: hash('text'),
      review_state: 'unreviewed',
      created_at: at,
    });
    await put('consents', {
      id: ids.consent,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      language: 'bn',
      text_version: 1,
      state: 'signed',
      particulars: {},
      answers: [],
      token_hash: hash(ids.consent),
      expires_at: '2026-12-31T00:00:00Z',
      offered_at: at,
      offered_by: staffId,
      signed_at: at,
      file_id: consentFile,
    });
    await put('consents', {
      id: randomUUID(),
      patient_id: ids.patient,
      treatment: 'vitiligo',
      language: 'bn',
      text_version: 1,
      state: 'offered',
      particulars: {},
      answers: [],
      token_hash: hash(ids.intake),
      expires_at: '2026-12-31T00:00:00Z',
      offered_at: at,
      offered_by: staffId,
    });
    await put('consent_signatures', {
      consent_id: ids.consent,
      part: 'patient',
      name,
      method: 'typed',
      signed_at: at,
    });
    await put('photo_consents', {
      id: randomUUID(),
      patient_id: ids.patient,
      consent_id: ids.consent,
      use: 'record',
      identifiable: false,
      given_at: at,
    });
    await put('plan_drafts', {
      id: ids.plan,
      patient_id: ids.patient,
      revision: 1,
      state: JSON.stringify({ treatment: 'vitiligo' }),
      created_at: at,
      created_by: staffId,
      updated_at: at,
      updated_by: staffId,
    });
    await put('plan_draft_steps', { draft_id: ids.plan, id: ids.plan, step: JSON.stringify({ runs: [] }) });
    await put('plans', {
      plan_id: ids.plan,
      version: 1,
      patient_id: ids.patient,
      document: JSON.stringify({ treatment: 'vitiligo', engineVersion: '0' }),
      sha256: hash('plan'),
      created_at: at,
      created_by: staffId,
    });
    await put('plan_files', {
      plan_id: ids.plan,
      version: 1,
      part: 'pdf',
      file_id: await file(tinyPdf, 'application/pdf'),
    });
    await put('plan_signatures', {
      plan_id: ids.plan,
      version: 1,
      signed_by: staffId,
      signer_name: 'Sample owner',
      signed_at: at,
      content_sha256: hash('plan'),
    });
    const photoFile = await file(tinyJpeg, 'image/jpeg');
    await put('photos', {
      id: ids.photo,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      view: 'patch',
      origin: 'upload',
      taken_at: at,
      added_at: at,
      added_by: staffId,
      file_id: photoFile,
      sha256: hash('photo'),
      width_px: 1,
      height_px: 1,
    });
    await put('photo_copies', {
      photo_id: ids.photo,
      size: 'thumb',
      recipe: '1',
      file_id: await file(tinyJpeg, 'image/jpeg'),
    });
    await put('photo_lines', {
      id: randomUUID(),
      photo_id: ids.photo,
      kind: 'scale',
      x1_px: 0,
      y1_px: 0,
      x2_px: 1,
      y2_px: 1,
      mm: 2,
      drawn_at: at,
      drawn_by: staffId,
    });
    await put('photo_uploads', {
      id: ids.upload,
      patient_id: ids.patient,
      about: {},
      size_bytes: 10,
      sha256: hash('upload'),
      created_at: at,
      created_by: staffId,
    });
    await put('photo_upload_parts', {
      upload_id: ids.upload,
      at_byte: 0,
      file_id: await file(tinyJpeg, 'image/jpeg'),
    });
    const items = {
      pigment: { name: 'Sample brown', base_unit: 'ul', unit: 'drop' },
      needle: { name: '3 round', base_unit: 'piece', unit: 'piece' },
      drug: { name: 'Sample cream', base_unit: 'mg', unit: 'g' },
    } as const;
    for (const kind of ['pigment', 'needle', 'drug'] as const) {
      const item = randomUUID();
      await put('stock_items', {
        id: item,
        version: 1,
        kind,
        ...items[kind],
        maker: 'Sample maker',
        ingredients:
          kind === 'pigment'
            ? [
                {
                  name: 'Iron oxide',
                  ciNumber: '77491',
                  cas: '1309-37-1',
                  percent: 20,
                  hazards: [],
                  phRegulator: false,
                },
              ]
            : [],
        created_at: at,
        changed_at: at,
      });
      await put('stock_lots', {
        id: lotIds[kind],
        item_id: item,
        lot_number: `L-${kind}`,
        expires_on: '2027-06-30',
        received_at: at,
      });
    }
    await put('sessions', {
      id: ids.session,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      branch_id: branchId,
      operator_id: staffId,
      physician_id: staffId,
      state: 'kept',
      opening: {},
      journal_seq: 2,
      started_at: at,
      started_by: staffId,
      performed_at: at,
      ended_at: '2026-02-20T07:30:00Z',
      kept_at: '2026-02-20T07:31:00Z',
      kept_by: staffId,
      kept_times: 1,
      kept_seq: 1,
    });
    await put('session_entries', {
      session_id: ids.session,
      seq: 1,
      id: ids.entry,
      device_id: randomUUID(),
      counter: 1,
      seen_seq: 0,
      kind: 'numbing',
      body: {
        amount: 4,
        skin: 'intact',
        nearEye: false,
        zone: '',
        product: {
          id: 'cream',
          name: 'Cream',
          route: 'topical',
          actives: [
            { substance: 'lidocaine', mgPer: 25 },
            { substance: 'prilocaine', mgPer: 25 },
          ],
        },
      },
      said_at: at,
      happened_at: at,
      received_at: at,
      made_by: staffId,
      sent_by: staffId,
    });
    for (const [kind, unit] of [
      ['pigment', 'drop'],
      ['needle', 'piece'],
      ['drug', 'g'],
    ] as const) {
      await put('session_lots', {
        session_id: ids.session,
        lot_id: lotIds[kind],
        zone: '',
        kind,
        quantity: 3,
        unit,
      });
    }
    await put('recalls', {
      id: ids.recall,
      lot_id: lotIds.pigment,
      reason: 'Test',
      opened_at: at,
      opened_by: staffId,
    });
    await put('recall_contacts', {
      id: randomUUID(),
      recall_id: ids.recall,
      patient_id: ids.patient,
      way: 'call',
      outcome: 'reached',
      at,
      made_by: staffId,
    });
    await put('check_ins', {
      id: ids.checkIn,
      patient_id: ids.patient,
      session_id: ids.session,
      treatment: 'vitiligo',
      protocol_day: 'day3',
      day_number: 3,
      performed_at: at,
      due_at: '2026-02-23T06:00:00Z',
      state: 'answered',
      answered_at: '2026-02-23T07:00:00Z',
      answer_version: 1,
      urgency: 'SELF',
      created_at: at,
    });
    await put('check_in_answers', {
      check_in_id: ids.checkIn,
      version: 1,
      answers: { pain: 2, redness: 'less', fever: false },
      photo_file_id: await file(tinyJpeg, 'image/jpeg'),
      context: {},
      urgency: 'SELF',
      matched: [],
      reasons: [],
      rules_version: '1',
      said_by: 'patient',
      answered_at: '2026-02-23T07:00:00Z',
    });
    await put('follow_up_cases', {
      id: ids.followUp,
      patient_id: ids.patient,
      session_id: ids.session,
      source: 'desk',
      urgency: '24H',
      state: 'answered',
      opened_at: at,
      timer_from: at,
      answered_at: at,
      answered_by: staffId,
      outcome: 'advice',
    });
    await put('follow_up_entries', {
      case_id: ids.followUp,
      what: 'noted',
      note: 'called back',
      staff_id: staffId,
      at,
    });
    await put('adverse_events', {
      id: ids.event,
      version: 1,
      patient_id: ids.patient,
      session_id: ids.session,
      treatment: 'vitiligo',
      lot_id: lotIds.pigment,
      kind: 'infection',
      grade: 2,
      onset_on: '2026-02-24',
      found_by: 'visit',
      description: 'redness',
      treatment_given: 'cleaned',
      outcome: 'resolved',
      resolved_on: '2026-02-28',
      recorded_at: '2026-02-24T06:00:00Z',
      changed_at: '2026-02-28T06:00:00Z',
    });
    await put('adverse_event_versions', { event_id: ids.event, version: 1, fields: {}, at });
    await put('followed_sessions', {
      session_id: ids.session,
      patient_id: ids.patient,
      treatment: 'vitiligo',
      performed_on: day,
    });
    await put('followed_lots', {
      lot_id: lotIds.pigment,
      session_id: ids.session,
      performed_on: day,
      treatment: 'vitiligo',
    });
    const colour = { L: 55.5, a: 8.1, b: 15.2 };
    await put('outcomes', {
      id: ids.outcome,
      patient_id: ids.patient,
      session_id: ids.session,
      treatment: 'vitiligo',
      time_point: 'week6',
      performed_on: day,
      taken_on: '2026-04-03',
      days_after: 42,
      readings: { white: 'D65/10', region: [colour], median: { region: colour, surround: colour } },
      patient_score: 8,
      note: 'even',
      recorded_at: '2026-04-03T06:00:00Z',
    });
    await put('outcome_pairs', {
      id: randomUUID(),
      outcome_id: ids.outcome,
      before_file: await file(tinyJpeg, 'image/jpeg'),
      after_file: await file(tinyJpeg, 'image/jpeg'),
      seed: 7,
      made_at: at,
    });
    await put('outcome_ratings', {
      id: randomUUID(),
      outcome_id: ids.outcome,
      kind: 'physician',
      rater_id: staffId,
      rating: 'good',
      rated_at: '2026-04-03T06:00:00Z',
    });
    await put('invoices', {
      id: ids.invoice,
      kind: 'invoice',
      financial_year: '2025-26',
      number: 1,
      label: '2025-26/1',
      patient_id: ids.patient,
      buyer_name: name,
      seller: {},
      issued_at: at,
      issued_day: day,
      issued_by: staffId,
      taxable_minor: 100_000,
      cgst_minor: 0,
      sgst_minor: 0,
      igst_minor: 0,
      total_minor: 100_000,
    });
    await put('invoice_lines', {
      invoice_id: ids.invoice,
      line: 1,
      text: 'Session',
      indication: 'vitiligo',
      quantity: 1,
      unit_minor: 100_000,
      discount_minor: 0,
      includes_tax: true,
      rate_bp: 0,
      taxable_minor: 100_000,
      cgst_minor: 0,
      sgst_minor: 0,
      igst_minor: 0,
      total_minor: 100_000,
    });
    await put('package_uses', {
      id: randomUUID(),
      invoice_id: ids.invoice,
      line: 1,
      patient_id: ids.patient,
      used_at: at,
      used_by: staffId,
    });
    await put('payments', {
      id: randomUUID(),
      kind: 'payment',
      patient_id: ids.patient,
      branch_id: branchId,
      method: 'cash',
      amount_minor: 100_000,
      financial_year: '2025-26',
      number: 1,
      label: 'R 2025-26/1',
      received_at: at,
      day,
      received_by: staffId,
    });
    return {
      tenantId,
      patientId: ids.patient,
      actor: { tenantId, staffId, role: 'owner', name: 'Sample owner', sessionId: randomUUID() },
      sessionId: ids.session,
      lotIds,
      consentFile,
      photoFile,
      photoId: ids.photo,
    };
  });
}

function hash(text: string): Buffer {
  return Buffer.alloc(32, text);
}

/** Inserts one row; objects and lists of objects go in as JSON. */
function putter(trx: Trx, tenantId: string) {
  return async (table: string, values: Readonly<Record<string, unknown>>): Promise<void> => {
    const row = Object.entries({ tenant_id: tenantId, ...values }).map(([name, value]) => [
      name,
      isJson(table, name, value) ? JSON.stringify(value) : value,
    ]) as [string, unknown][];
    await sql`insert into ${sql.table(table)} (${sql.join(row.map(([name]) => sql.id(name)))})
      values (${sql.join(row.map(([, value]) => value))})`.execute(trx);
  };
}

const jsonLists = new Set(['consents.answers', 'spot_readings.signs', 'stock_items.ingredients']);
function isJson(table: string, name: string, value: unknown): boolean {
  if (Array.isArray(value)) return jsonLists.has(`${table}.${name}`);
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}
