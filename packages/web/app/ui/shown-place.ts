import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/**
 * For a row of places that scrolls sideways: brings the one that is open into view when the page changes. Nothing moves
 * where all of them are seen.
 */
export function useShownPlace<Element extends HTMLElement>() {
  const row = useRef<Element>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const place = row.current?.querySelector(`[aria-current='page']`);
    // `pathname`: another page is open.
    if (place !== null && pathname !== '') place?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return row;
}
