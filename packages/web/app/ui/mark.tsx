import { stipplePaths, type ToneName, tones } from './stipple.ts';

/**
 * A picture made of dots alone, by default a ramp from bare skin to full cover: what the craft does, and this
 * program's emblem. Decorative, in the colour of the text around it.
 */
export function Stipple({
  columns,
  rows,
  tone = 'ramp',
  seed = 7,
}: {
  readonly columns: number;
  readonly rows: number;
  readonly tone?: ToneName;
  readonly seed?: number;
}) {
  return (
    <svg className="stipple" viewBox={`0 0 ${columns} ${rows}`} aria-hidden="true" focusable="false">
      {stipplePaths({ columns, rows, tone: tones[tone], seed }).map(({ diameter, d }) => (
        <path
          key={diameter}
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth={diameter}
          strokeLinecap="round"
        />
      ))}
    </svg>
  );
}

/** The emblem: a disc whose left half is one tone and whose right half is the same tone made of dots. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12.2 1.5a10.5 10.5 0 1 0 0 21z" fill="currentColor" />
      <g fill="none" stroke="currentColor" strokeLinecap="round">
        <path strokeWidth="2.3" d="M14.4 4h0M14.4 8h0M14.4 12h0M14.4 16h0M14.4 20h0" />
        <path strokeWidth="1.9" d="M17.4 6h0M17.4 10h0M17.4 14h0M17.4 18h0" />
        <path strokeWidth="1.5" d="M20 8.2h0M20 12h0M20 15.8h0" />
        <path strokeWidth="1.1" d="M22 10.2h0M22 13.8h0" />
      </g>
    </svg>
  );
}
