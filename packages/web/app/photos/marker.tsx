import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import type { Place } from './by-hand.ts';

interface MarkerProps {
  readonly label: string;
  readonly help: string;
  /** Size of the picture the places are counted in, px. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly src: string;
  readonly onPlace: (place: Place) => void;
  /** Drawn over the picture, in its pixels. */
  readonly children?: ReactNode;
}

/** A photograph to mark places on, by pointer or by a cross that the arrow keys move. */
export function Marker({ label, help, widthPx, heightPx, src, onPlace, children }: MarkerProps) {
  const [cross, setCross] = useState<Place | null>(null);
  const helpId = useId();
  const unit = Math.max(widthPx, heightPx) / 100;

  function point(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    onPlace({
      x: ((event.clientX - box.left) / box.width) * widthPx,
      y: ((event.clientY - box.top) / box.height) * heightPx,
    });
  }

  function press(event: KeyboardEvent) {
    const now = cross ?? { x: widthPx / 2, y: heightPx / 2 };
    const step = event.shiftKey ? unit * 5 : unit;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (event.key === 'Enter') onPlace(now);
    else if (dx === 0 && dy === 0) return;
    else
      setCross({
        x: Math.min(widthPx, Math.max(0, now.x + dx * step)),
        y: Math.min(heightPx, Math.max(0, now.y + dy * step)),
      });
    event.preventDefault();
  }

  return (
    <div className="stack-s">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes the arrow keys */}
      <div
        className="marker"
        role="application"
        aria-label={label}
        aria-describedby={helpId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and is reached by keyboard
        tabIndex={0}
        onPointerUp={point}
        onKeyDown={press}
      >
        <img src={src} alt={label} width={widthPx} height={heightPx} draggable={false} />
        <svg viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true">
          {children}
          {cross === null ? null : (
            <path
              className="marker-cross"
              strokeWidth={unit / 3}
              d={`M${cross.x - 2 * unit} ${cross.y}h${4 * unit}M${cross.x} ${cross.y - 2 * unit}v${4 * unit}`}
            />
          )}
        </svg>
      </div>
      <p id={helpId} className="field-hint">
        {help}
      </p>
    </div>
  );
}
