import { useEffect, useRef } from 'react';

/** How often a screen asks by itself while no stream stands, in milliseconds. */
const askAgainMs = 2000;

/**
 * Calls `onChange` when something at the desk may have changed: told by server-sent events, or every other second while
 * the stream is broken. A hidden page keeps no stream (a browser has few connections to one site) and asks once when it is
 * shown again.
 * @param search `from=&to=` in minutes for a stretch of the calendar; empty for everything.
 */
export function useLive(search: string, onChange: () => void): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    let stream: EventSource | undefined;
    const close = () => {
      stream?.close();
      stream = undefined;
    };
    const open = () => {
      close();
      stream = new EventSource(`/desk/calendar/live?${search}`);
      stream.addEventListener('changed', () => latest.current());
      // Whatever happened between the page and the stream, or while the stream was away.
      stream.addEventListener('open', () => latest.current());
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') open();
      else close();
    };
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || stream?.readyState === EventSource.OPEN) return;
      latest.current();
      // A refusal ends a stream for good; a lost line it mends itself.
      if (stream?.readyState === EventSource.CLOSED) open();
    }, askAgainMs);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
      close();
    };
  }, [search]);
}
