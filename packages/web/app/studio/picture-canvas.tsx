import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createEasel, type Easel } from './easel.ts';
import type { OnEasel } from './on-easel.ts';

interface PictureCanvasProps extends OnEasel {
  readonly label: string;
  /** How keys work here, for screen readers. */
  readonly help: string;
  /** What lies over the picture and is moved by hand. */
  readonly over?: ReactNode;
  readonly words: { readonly zoomIn: string; readonly zoomOut: string; readonly fit: string };
}

/** The big picture with its tools; see `easel.ts` for what it does. */
export function PictureCanvas({ label, help, words, over, ...shown }: PictureCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const easel = useRef<Easel>(null);
  const helpId = useId();

  useEffect(() => {
    if (!host.current) return undefined;
    const made = createEasel(host.current);
    easel.current = made;
    return () => made.close();
  }, []);

  useEffect(() => easel.current?.show(shown));

  return (
    <div className="studio-picture">
      <div
        ref={host}
        className="studio-easel"
        data-tool={shown.tool}
        role="application"
        aria-label={label}
        aria-describedby={helpId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a drawing surface with keys of its own
        tabIndex={0}
      />
      {over}
      <p id={helpId} className="visually-hidden">
        {help}
      </p>
      <div className="studio-zoom">
        <button type="button" aria-label={words.zoomOut} onClick={() => easel.current?.zoom(0.8)}>
          −
        </button>
        <button type="button" onClick={() => easel.current?.fit()}>
          {words.fit}
        </button>
        <button type="button" aria-label={words.zoomIn} onClick={() => easel.current?.zoom(1.25)}>
          +
        </button>
      </div>
    </div>
  );
}
