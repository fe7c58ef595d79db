/** iCalendar (RFC 5545, RFC 5546): invitations that clients file, replace and remove; feeds they subscribe to. */

export interface CalendarVisit {
  /** Globally unique and the same for the life of the visit; clients match updates by it. */
  readonly uid: string;
  /** Rises with every change; a client ignores a lower one. */
  readonly sequence: number;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  /** When this version was made. */
  readonly stamp: Date;
  readonly organizer?: { readonly name: string; readonly email: string };
  readonly attendee?: { readonly name: string; readonly email: string };
}

/** An invitation (`REQUEST`, also for updates) or its withdrawal (`CANCEL`). */
export function invitation(method: 'REQUEST' | 'CANCEL', visit: CalendarVisit): string {
  return calendar([`METHOD:${method}`], [visit]);
}

/** One visit as a file to open: filed by its id, replaced by a higher SEQUENCE, removed when it was cancelled. */
export function visitFile(visit: CalendarVisit): string {
  return calendar([`METHOD:${visit.status === 'CANCELLED' ? 'CANCEL' : 'PUBLISH'}`], [visit]);
}

/** A calendar to subscribe to. Asks clients to come back every 15 minutes. */
export function feed(name: string, visits: readonly CalendarVisit[]): string {
  const head = [
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
  ];
  return calendar(head, visits);
}

function calendar(head: readonly string[], visits: readonly CalendarVisit[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Undertone//Booking//EN',
    'CALSCALE:GREGORIAN',
    ...head,
    ...visits.flatMap(event),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function event(visit: CalendarVisit): string[] {
  const lines = [
    'BEGIN:VEVENT',
    `UID:${escapeText(visit.uid)}`,
    `DTSTAMP:${utc(visit.stamp.getTime())}`,
    // UTC instants need no zone definition, and every client shows them in its own zone.
    `DTSTART:${utc(visit.startMinute * 60_000)}`,
    `DTEND:${utc(visit.endMinute * 60_000)}`,
    `SEQUENCE:${visit.sequence}`,
    `STATUS:${visit.status}`,
    `SUMMARY:${escapeText(visit.summary)}`,
    `TRANSP:${visit.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
  ];
  if (visit.description !== undefined) lines.push(`DESCRIPTION:${escapeText(visit.description)}`);
  if (visit.location !== undefined) lines.push(`LOCATION:${escapeText(visit.location)}`);
  if (visit.url !== undefined) lines.push(`URL:${visit.url}`);
  if (visit.organizer !== undefined) {
    lines.push(`ORGANIZER;CN=${quoted(visit.organizer.name)}:mailto:${visit.organizer.email}`);
  }
  if (visit.attendee !== undefined) {
    lines.push(
      `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN=${quoted(visit.attendee.name)}:mailto:${visit.attendee.email}`,
    );
  }
  lines.push('END:VEVENT');
  return lines;
}

function utc(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** RFC 5545 section 3.3.11. Other control characters are dropped. */
function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** A parameter value: quotes and controls cannot occur in one (RFC 5545 section 3.1). */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\p{Cc}]/gu, ' ').trim()}"`;
}

/** Folds at 75 octets without splitting a character (RFC 5545 section 3.1). */
function fold(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
