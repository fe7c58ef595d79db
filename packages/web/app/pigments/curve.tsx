interface CurveProps {
  /** What the chart shows, in words: the values themselves stand in a table. */
  readonly label: string;
  readonly masstone01: Float64Array;
  readonly tint01?: Float64Array | undefined;
}

/** Reflectance 0..1 over 400-700 nm: the masstone drawn through, the tint dashed. */
export function Curve({ label, masstone01, tint01 }: CurveProps) {
  return (
    <svg className="pigment-curve" viewBox="0 0 160 72" role="img" aria-label={label}>
      <path className="pigment-axis" d="M20.5 4v54.5h136M17 4.5h3.5M17 31.5h3.5M110.5 58.5v3M65.5 58.5v3" />
      <text x="14" y="8" textAnchor="end">
        1
      </text>
      <text x="14" y="62" textAnchor="end">
        0
      </text>
      {[400, 500, 600, 700].map((nm) => (
        <text key={nm} x={xOf(nm)} y="70" textAnchor={nm === 700 ? 'end' : 'middle'}>
          {nm}
        </text>
      ))}
      {tint01 ? <path className="pigment-line" strokeDasharray="3 3" d={pathOf(tint01)} /> : null}
      <path className="pigment-line" d={pathOf(masstone01)} />
    </svg>
  );
}

const xOf = (nm: number) => 20.5 + ((nm - 400) / 300) * 135;

function pathOf(values01: Float64Array): string {
  return Array.from(
    values01,
    (value, i) => `${i === 0 ? 'M' : 'L'}${xOf(400 + 10 * i).toFixed(1)} ${(58.5 - 54 * value).toFixed(1)}`,
  ).join('');
}
