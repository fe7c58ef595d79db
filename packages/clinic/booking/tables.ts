/** Booking's tables as the database returns them. Derived columns (`starts_at`, `occupied`, …) are read only. */
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { BookingStatus } from './policy.ts';
import type { Texts } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    services: ServicesTable;
    practitioners: PractitionersTable;
    practitioner_services: { tenant_id: string; practitioner_id: string; service_id: string };
    practitioner_branches: {
      tenant_id: string;
      practitioner_id: string;
      branch_id: string;
      own_hours: Generated<boolean>;
    };
    rooms: PlacesTable;
    machines: PlacesTable;
    opening_hours: {
      tenant_id: string;
      id: string;
      branch_id: string;
      practitioner_id: string | null;
      weekday: number;
      open_min: number;
      close_min: number;
    };
    opening_exceptions: {
      tenant_id: string;
      id: string;
      branch_id: string;
      practitioner_id: string | null;
      day: string;
      spans: number[];
      reason: string | null;
    };
    booking_policies: PoliciesTable;
    bookings: BookingsTable;
    booking_events: {
      tenant_id: string;
      seq: GeneratedAlways<number>;
      booking_id: string;
      what: string;
      before: unknown;
      after: unknown;
      actor_kind: string;
      actor_id: string | null;
      at: Date;
    };
    booking_links: {
      tenant_id: string;
      id: string;
      purpose: string;
      subject_id: string;
      token_hash: Buffer;
      expires_at: Date;
      used_at: Date | null;
      created_at: Date;
    };
    idempotency_keys: {
      tenant_id: string;
      key: string;
      request_hash: Buffer;
      reply: unknown;
      created_at: Date;
    };
    waitlist_entries: WaitlistEntriesTable;
    waitlist_offers: {
      tenant_id: string;
      id: string;
      entry_id: string;
      booking_id: string;
      expires_at: Date;
      state: 'open' | 'accepted' | 'declined' | 'expired';
      created_at: Date;
    };
    call_back_requests: CallBackRequestsTable;
    used_challenges: { tenant_id: string; challenge_hash: Buffer; expires_at: Date };
    rate_counts: { tenant_id: string; subject: Buffer; window_start: Date; count: number };
  }
}

interface ServicesTable {
  tenant_id: string;
  id: string;
  slug: string;
  names: JSONColumnType<Texts>;
  kind: 'consultation' | 'treatment' | 'follow-up';
  treatment: 'scalp' | 'lip' | 'vitiligo' | null;
  duration_min: number;
  buffer_before_min: Generated<number>;
  buffer_after_min: Generated<number>;
  step_min: Generated<number>;
  notice_min: Generated<number>;
  horizon_days: Generated<number>;
  room_kind: string | null;
  machine_kind: string | null;
  price_minor: number | null;
  deposit_minor: number | null;
  preparation: JSONColumnType<Texts>;
  series_visits: number | null;
  series_gap_min_days: number | null;
  series_gap_max_days: number | null;
  online: Generated<boolean>;
  position: Generated<number>;
  retired_at: Date | null;
}

interface PractitionersTable {
  tenant_id: string;
  id: string;
  name: string;
  staff_id: string | null;
  feed_hash: Buffer | null;
  feed_shows_names: Generated<boolean>;
  position: Generated<number>;
  left_at: Date | null;
}

interface PlacesTable {
  tenant_id: string;
  id: string;
  branch_id: string;
  name: string;
  kinds: string[];
  retired_at: Date | null;
}

interface PoliciesTable {
  tenant_id: string;
  free_cancel_hours: Generated<number>;
  move_until_hours: Generated<number>;
  max_moves: Generated<number>;
  hold_minutes: Generated<number>;
  offer_minutes: Generated<number>;
  texts: JSONColumnType<Texts>;
}

export interface BookingsTable {
  tenant_id: string;
  id: string;
  kind: 'visit' | 'block';
  status: BookingStatus;
  branch_id: string;
  service_id: string | null;
  practitioner_id: string | null;
  room_id: string | null;
  machine_id: string | null;
  patient_id: string | null;
  person_key: string | null;
  start_min: number;
  end_min: number;
  occupied_from_min: number;
  occupied_to_min: number;
  starts_at: GeneratedAlways<Date>;
  ends_at: GeneratedAlways<Date>;
  occupied: GeneratedAlways<string>;
  hold_expires_at: Date | null;
  series_id: string | null;
  series_visit: number | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  language: string;
  note: string | null;
  self_check: unknown;
  source: 'site' | 'desk' | 'waitlist' | 'import';
  moves: Generated<number>;
  calendar_sequence: Generated<number>;
  cancelled_by: 'person' | 'clinic' | null;
  cancelled_late: boolean | null;
  cancel_reason: string | null;
  created_at: Date;
  changed_at: Date;
  version: Generated<number>;
}

interface WaitlistEntriesTable {
  tenant_id: string;
  id: string;
  service_id: string;
  branch_id: string;
  practitioner_id: string | null;
  from_day: string;
  to_day: string;
  earliest_min: Generated<number>;
  latest_min: Generated<number>;
  state: 'waiting' | 'offered' | 'booked' | 'withdrawn' | 'expired';
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  created_at: Date;
}

interface CallBackRequestsTable {
  tenant_id: string;
  id: string;
  service_id: string | null;
  name: string;
  phone: string;
  language: string;
  wish: string | null;
  self_check: unknown;
  state: 'open' | 'reached' | 'not-reached' | 'closed';
  booking_id: string | null;
  tries: Generated<number>;
  created_at: Date;
  changed_at: Date;
}
