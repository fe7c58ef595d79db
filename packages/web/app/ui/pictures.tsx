import { type ChangeEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

/** Lightness L* of the neutral ground around a photograph. */
export type Surround = '20' | '50' | '80';

/** The only place photographs are shown: a neutral ground of known lightness in every theme. */
export function PictureWell({
  surround = '50',
  children,
}: {
  readonly surround?: Surround;
  readonly children: ReactNode;
}) {
  return (
    <div className="picture-well" data-surround={surround}>
      {children}
    </div>
  );
}

/**
 * Two pictures of the same size in one frame and a bar between them, moved by mouse, touch or the arrow keys
 * (Shift or Page for larger steps, Home and End). What moves is a real range input, so every aid can move it.
 */
export function CompareSlider({
  label,
  before,
  after,
  beforeLabel,
  afterLabel,
  start = 50,
}: {
  readonly label: string;
  readonly before: ReactNode;
  readonly after: ReactNode;
  readonly beforeLabel: string;
  readonly afterLabel: string;
  /** Where the bar begins, in percent of the width. */
  readonly start?: number;
}) {
  const [at, setAt] = useState(start);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  function follow(event: PointerEvent) {
    const box = frame.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    setAt(Math.round(Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100)) * 10) / 10);
  }

  return (
    <div
      ref={frame}
      className="compare"
      style={{ '--at': `${at}%` } as React.CSSProperties}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
        input.current?.focus({ preventScroll: true });
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <input
        ref={input}
        type="range"
        className="visually-hidden"
        aria-label={label}
        aria-valuetext={`${beforeLabel} ${Math.round(at)} %, ${afterLabel} ${Math.round(100 - at)} %`}
        min={0}
        max={100}
        step={1}
        value={at}
        onChange={(event: ChangeEvent<HTMLInputElement>) => setAt(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -10, ArrowRight: 10 }[event.key];
          if (!event.shiftKey || step === undefined) return;
          event.preventDefault();
          setAt((now) => Math.min(100, Math.max(0, now + step)));
        }}
      />
      <div className="compare-base">{before}</div>
      <div className="compare-over">{after}</div>
      <span className="compare-tag" data-side="before">
        {beforeLabel}
      </span>
      <span className="compare-tag" data-side="after">
        {afterLabel}
      </span>
      <div className="compare-bar" aria-hidden="true">
        <span className="compare-grip">
          <svg viewBox="0 0 20 20">
            <path d="M7 5 2.5 10 7 15M13 5l4.5 5-4.5 5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        </span>
      </div>
    </div>
  );
}
