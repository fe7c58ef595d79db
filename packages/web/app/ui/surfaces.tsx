import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Button } from './button.tsx';
import { Stipple } from './mark.tsx';

/** What a colour means: nil informs, verdigris is well, ochre wants attention, oxide is wrong or dangerous. */
export type Tone = 'plain' | 'nil' | 'verdigris' | 'ochre' | 'oxide';

const toneOf = (tone: Tone) => (tone === 'plain' ? undefined : tone);

export function Card({ children }: { readonly children: ReactNode }) {
  return <section className="card">{children}</section>;
}

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className="badge" data-tone={toneOf(tone)}>
      {children}
    </span>
  );
}

/** `live` announces the message to screen readers when it appears after the page. */
export function Alert({
  tone = 'plain',
  title,
  live = false,
  children,
}: {
  readonly tone?: Tone;
  readonly title: string;
  readonly live?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div
      className="alert"
      data-tone={toneOf(tone)}
      role={live ? (tone === 'oxide' ? 'alert' : 'status') : undefined}
    >
      <div className="alert-title">{title}</div>
      {children === undefined ? null : <div>{children}</div>}
    </div>
  );
}

/** Nothing here yet: what will be here, and the action that brings it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <Stipple columns={34} rows={14} tone="patch" />
      <h3>{title}</h3>
      <p className="soft measure">{children}</p>
      {action}
    </div>
  );
}

/** Grey lines in place of text that is on its way; `label` is what screen readers hear. */
export function Skeleton({ lines = 3, label }: { readonly lines?: number; readonly label: string }) {
  return (
    <output className="stack-s">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton" aria-hidden="true" />
      ))}
    </output>
  );
}

/** Work in progress. Without `value01` it is unknown how long it takes; with `onCancel` it can be stopped. */
export function Progress({
  label,
  value01,
  cancelLabel,
  onCancel,
}: {
  readonly label: string;
  readonly value01?: number;
  readonly cancelLabel?: string;
  readonly onCancel?: () => void;
}) {
  return (
    <div className="progress">
      <ProgressBar
        {...(value01 === undefined ? { isIndeterminate: true } : { value: value01 * 100 })}
        className="stack-s"
      >
        {({ percentage, valueText }) => (
          <>
            <div className="progress-label">
              <Label>{label}</Label>
              <span>{value01 === undefined ? null : valueText}</span>
            </div>
            <div className="progress-track">
              {percentage === undefined ? (
                <span className="skeleton" />
              ) : (
                <div className="progress-fill" style={{ transform: `scaleX(${percentage / 100})` }} />
              )}
            </div>
          </>
        )}
      </ProgressBar>
      {onCancel === undefined ? null : <Button onPress={onCancel}>{cancelLabel}</Button>}
    </div>
  );
}
