import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Link } from 'react-router';

/** `strong` is the one main action of a view, `grave` cannot be taken back, `quiet` stays in the background. */
export type ButtonLook = 'plain' | 'strong' | 'quiet' | 'grave';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  readonly look?: ButtonLook;
  /** A square button with only a picture in it: give it an `aria-label`. */
  readonly icon?: boolean;
  readonly wide?: boolean;
  /** What screen readers hear while `isPending`, in the page's language. */
  readonly pendingLabel?: string;
  readonly children: ReactNode;
}

export function Button({
  look = 'plain',
  icon = false,
  wide = false,
  pendingLabel = '…',
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={wide ? 'button button-wide' : 'button'}
      data-look={look}
      data-shape={icon ? 'icon' : undefined}
    >
      {rest.isPending ? <ProgressBar className="spinner" isIndeterminate aria-label={pendingLabel} /> : null}
      {children}
    </AriaButton>
  );
}

/** A link that looks like a button, for actions that are a change of place. */
export function ButtonLink({
  to,
  look = 'plain',
  children,
  ...rest
}: {
  readonly to: string;
  readonly look?: ButtonLook;
  readonly children: ReactNode;
  readonly lang?: string;
}) {
  return (
    <Link {...rest} to={to} className="button" data-look={look}>
      {children}
    </Link>
  );
}
