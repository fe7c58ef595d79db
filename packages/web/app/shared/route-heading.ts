import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/**
 * After another page has come without a load, its heading has the focus, as a page that is loaded is read from its
 * beginning. Whoever is at work on the page already (a tab of the chart, a field, a dialog) keeps the focus.
 */
export function useRouteHeading(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const active = document.activeElement;
    const isFree = active === null || active === document.body;
    if (!isFree && (active.closest('nav') === null || active.closest('main') !== null)) return;
    const heading = document.querySelector<HTMLElement>('h1');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [pathname]);
}
