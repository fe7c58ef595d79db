import { isRouteErrorResponse } from 'react-router';

/** The address as a log may hold it: ids stay, secrets of links (40 characters and more) do not. */
export function loggedPath(pathname: string): string {
  return pathname
    .split('/')
    .map((part) => (/^[\w.~-]{40,}$/.test(part.replace(/\.data$/, '')) ? ':token' : part))
    .join('/');
}

/** Where faults are written: the part of the program's log that is needed here. */
interface Log {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/**
 * Writes down what a page threw. What the sender got wrong (4xx: a method that is not served, an address that leads
 * nowhere) is no fault of ours and is noted as such, with what was asked.
 */
export function logFault(
  log: Log,
  error: unknown,
  asked: { readonly requestId: string; readonly method: string; readonly pathname: string },
): void {
  const { requestId, method, pathname } = asked;
  const what = { requestId, method, path: loggedPath(pathname) };
  if (isRouteErrorResponse(error) && error.status < 500) {
    log.info({ ...what, status: error.status }, 'page refused');
    return;
  }
  // The framework wraps what it threw itself; wrapped, it says nothing in the log.
  const cause = isRouteErrorResponse(error) ? ((error as { error?: unknown }).error ?? error.data) : error;
  log.error({ err: cause, ...what }, 'page failed');
}
