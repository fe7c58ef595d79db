import { type ReactNode, useState } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Link, useNavigation } from 'react-router';

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

/**
 * A button. One that sends a form turns until the answer is there: it cannot be pressed a second time, and, unlike a
 * disabled one, it keeps the keyboard's focus.
 */
export function Button(props: ButtonProps) {
  return props.type === 'submit' ? <SubmitButton {...props} /> : <DrawnButton {...props} />;
}

/** Looks at the router; the other buttons also stand where there is none, as in the visitor's preview. */
function SubmitButton({ onPress, isPending, ...rest }: ButtonProps) {
  const { state } = useNavigation();
  const isIdle = state === 'idle';
  const [wasIdle, setWasIdle] = useState(isIdle);
  const [wasPressed, setPressed] = useState(false);
  if (wasIdle !== isIdle) {
    setWasIdle(isIdle);
    if (isIdle) setPressed(false);
  }
  return (
    <DrawnButton
      {...rest}
      onPress={(event) => {
        setPressed(true);
        onPress?.(event);
      }}
      isPending={isPending ?? (wasPressed && !isIdle)}
    />
  );
}

function DrawnButton({
  look = 'plain',
  icon = false,
  wide = false,
  pendingLabel = '…',
  children,
  isDisabled = false,
  isPending = false,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      isPending={isPending}
      isDisabled={isDisabled && !isPending}
      className={wide ? 'button button-wide' : 'button'}
      data-look={look}
      data-shape={icon ? 'icon' : undefined}
    >
      {isPending ? <ProgressBar className="spinner" isIndeterminate aria-label={pendingLabel} /> : null}
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
