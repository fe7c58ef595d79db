import { type DueReading, readingsOf } from '@undertone/clinic/screening/spots.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';

type Stored =
  Awaited<
    ReturnType<typeof import('@undertone/clinic/screening/commands.ts').readScreening>
  > extends infer Answer
    ? Answer extends { readonly ok: true; readonly screening: { readonly spots: readonly (infer Spot)[] } }
      ? Spot
      : never
    : never;

/** A spot with its readings and when they are due, for the page. */
export function spotView(spot: Stored, now: Date, zone: string, protocols: Parameters<typeof readingsOf>[3]) {
  const due: readonly DueReading[] =
    spot.placedAt === undefined
      ? []
      : readingsOf(
          {
            kind: spot.kind,
            treatment: spot.treatment,
            placedAt: spot.placedAt,
            readings: spot.readings,
            isSetAside: false,
          },
          now,
          (at) => dayIn(zone, at),
          protocols,
        );
  return {
    id: spot.id,
    kind: spot.kind,
    place: spot.place,
    what: spot.what,
    placedOn: spot.placedAt === undefined ? undefined : dayIn(zone, spot.placedAt),
    setAside: spot.setAside?.reason,
    readingCount: spot.readings.length,
    due: due.map(({ rule, state, outcome, fromDay, untilDay }) => {
      const last = spot.readings.findLast(({ reading }) => reading === rule.id);
      return {
        id: rule.id,
        signs: rule.signs,
        isRequired: rule.isRequired,
        state,
        outcome,
        fromDay,
        untilDay,
        note: last?.note ?? '',
        lab: last?.lab,
      };
    }),
  };
}

export type SpotView = ReturnType<typeof spotView>;
