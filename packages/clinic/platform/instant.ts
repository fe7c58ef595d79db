/**
 * Reads an instant a person types: `2026-11-23 10:00`, with seconds if wanted, followed by `UTC`, `Z` or an offset such as
 * `+05:30`; without one it is the wall clock of `zone`.
 * @param zone IANA zone; undefined asks for a stated one
 */
export function parseInstant(
  text: string,
  zone: string | undefined,
): { readonly ok: true; readonly at: Date } | { readonly ok: false; readonly message: string } {
  const read = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?\s*(UTC|Z|[+-]\d\d:?\d\d)?$/i.exec(
    text.trim(),
  );
  if (read === null)
    return { ok: false, message: `"${text}" is not an instant; write it like "2026-11-23 10:00 UTC".` };
  const [, day = '', minute = '', seconds = ':00', stated] = read;
  const wall = `${day}T${minute}${seconds}`;
  const asUtc = new Date(`${wall}Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(`${day}T${minute}`))
    return { ok: false, message: `${day} ${minute} is no day and time of the calendar.` };
  if (stated !== undefined) {
    const offset = /^(utc|z)$/i.test(stated) ? 'Z' : stated.replace(/^(...):?(..)$/, '$1:$2');
    const at = new Date(`${wall}${offset}`);
    return Number.isNaN(at.getTime())
      ? { ok: false, message: `${stated} is no offset from UTC.` }
      : { ok: true, at };
  }
  if (zone === undefined)
    return { ok: false, message: 'say which clock is meant: add UTC, or an offset such as +05:30.' };
  // The offset on either side of a change of clocks lies within a day of the wall time.
  const found = new Set(
    [-86_400_000, 0, 86_400_000]
      .map((away) => asUtc.getTime() - offsetMs(zone, new Date(asUtc.getTime() + away)))
      .filter((at) => at + offsetMs(zone, new Date(at)) === asUtc.getTime()),
  );
  const [first] = found;
  if (found.size === 1 && first !== undefined) return { ok: true, at: new Date(first) };
  return {
    ok: false,
    message: `the clocks were changed in ${zone}: ${day} ${minute} was ${found.size === 0 ? 'skipped' : 'there twice'}; state it in UTC.`,
  };
}

/**
 * When a clock of a zone shows this reading. Where it was there twice, the first; where it was skipped, the moment of the
 * change: a day that begins without midnight begins there.
 * @param wallMs the reading, as milliseconds of UTC
 * @param zone IANA zone
 */
export function instantOfWall(zone: string, wallMs: number): Date {
  const earlier = offsetMs(zone, new Date(wallMs - 86_400_000));
  const later = offsetMs(zone, new Date(wallMs + 86_400_000));
  const shown = [wallMs - earlier, wallMs - later].filter(
    (at) => at + offsetMs(zone, new Date(at)) === wallMs,
  );
  return new Date(shown.length > 0 ? Math.min(...shown) : wallMs - earlier);
}

function offsetMs(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}
