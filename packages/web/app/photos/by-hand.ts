export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The turn, size and shift that bring two places of one picture onto two of another; undefined when they coincide. */
export function similarity(
  from: readonly [Place, Place],
  to: readonly [Place, Place],
): readonly number[] | undefined {
  const [dx, dy] = [from[1].x - from[0].x, from[1].y - from[0].y];
  const [ex, ey] = [to[1].x - to[0].x, to[1].y - to[0].y];
  const square = dx * dx + dy * dy;
  if (square < 1 || ex * ex + ey * ey < 1) return undefined;
  const a = (dx * ex + dy * ey) / square;
  const b = (dx * ey - dy * ex) / square;
  return [
    a,
    -b,
    to[0].x - a * from[0].x + b * from[0].y,
    b,
    a,
    to[0].y - b * from[0].x - a * from[0].y,
    0,
    0,
    1,
  ];
}
