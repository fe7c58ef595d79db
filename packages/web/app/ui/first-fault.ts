import { useEffect, useRef } from 'react';
import { useNavigation } from 'react-router';

/** After a form has come back with faults, the first field that has one is the one that is typed in next. */
export function useFirstFault(): void {
  const { state } = useNavigation();
  const wasSent = useRef(false);
  useEffect(() => {
    if (state === 'submitting') wasSent.current = true;
    if (state !== 'idle' || !wasSent.current) return;
    wasSent.current = false;
    const faults = document.querySelectorAll<HTMLElement>('main [aria-invalid="true"]');
    // A control drawn over a hidden one of the browser is passed over: the hidden one has no size.
    [...faults].find((one) => one.offsetWidth > 1)?.focus();
  }, [state]);
}
