import type { AgainstPlan } from '@undertone/clinic/outcome/schema.ts';
import { Table } from '../ui/table.tsx';
import type { OutcomeWords } from './words.ts';

const axes = ['L', 'a', 'b'] as const;
const [left, right, row] = [30, 330, 32];

/** Predicted range, predicted colour and healed colour along L*, a* and b*, each on its own track; the numbers below. */
export function Tracks({ against, words }: { readonly against: AgainstPlan; readonly words: OutcomeWords }) {
  const label = `${words.predicted}, ${words.healed}: L*, a*, b*`;
  return (
    <div className="stack-s">
      <svg
        className="outcome-tracks"
        viewBox={`0 0 340 ${axes.length * row + 6}`}
        role="img"
        aria-label={label}
      >
        {axes.map((axis, k) => {
          const [low, high] = [against.low90[axis], against.high90[axis]];
          const values = [low, high, against.healed[axis], against.predicted[axis]];
          const middle = (low + high) / 2;
          const reach = Math.max(4, ...values.map((v) => Math.abs(v - middle))) * 1.15;
          const x = (v: number) => left + ((v - middle + reach) / (2 * reach)) * (right - left);
          const y = k * row + row / 2;
          return (
            <g key={axis}>
              <text className="outcome-text" x={4} y={y + 4}>
                {axis}*
              </text>
              <line className="outcome-axis" x1={left} x2={right} y1={y} y2={y} />
              <rect
                className="outcome-band"
                x={x(low)}
                y={y - 8}
                width={x(high) - x(low)}
                height={16}
                rx={3}
              />
              <line
                className="outcome-predicted"
                x1={x(against.predicted[axis])}
                x2={x(against.predicted[axis])}
                y1={y - 10}
                y2={y + 10}
              />
              <circle
                className="outcome-healed"
                data-outside={against.within[axis] ? undefined : ''}
                cx={x(against.healed[axis])}
                cy={y}
                r={5.5}
              />
            </g>
          );
        })}
      </svg>
      <Table
        caption={label}
        keyOf={(axis) => axis}
        rows={axes}
        columns={[
          { id: 'axis', title: words.coordinate, renderCell: (axis) => `${axis}*` },
          {
            id: 'predicted',
            title: words.predicted,
            number: true,
            renderCell: (axis) => against.predicted[axis].toFixed(1),
          },
          {
            id: 'interval',
            title: words.interval,
            number: true,
            renderCell: (axis) => `${against.low90[axis].toFixed(1)} – ${against.high90[axis].toFixed(1)}`,
          },
          {
            id: 'healed',
            title: words.healed,
            number: true,
            renderCell: (axis) => against.healed[axis].toFixed(1),
          },
        ]}
      />
    </div>
  );
}
