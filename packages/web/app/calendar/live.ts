import { data } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import type { Route } from './+types/live.ts';
import { readersOnly } from './access.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** The channel the database tells changes of bookings, requests and messages on (migration 0055). */
const channel = 'undertone_desk';
/** Changes that come together are said once, in milliseconds. */
const togetherMs = 150;
/** A line now and then keeps proxies from ending a silent stream. */
const breathMs = 20_000;
/** The screen comes back by itself; its session is then looked at again. */
const longestMs = 10 * 60_000;

/**
 * `/desk/calendar/live?from=&to=` (minutes since 1970): server-sent events. `changed` says that something in the stretch,
 * or anything at the desk when no stretch is given, is no longer as it was, and not what: the screen asks for that itself.
 */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  // As a page's data the application would collect what has no end.
  if (new URL(request.url).pathname.endsWith('.data')) throw data('a stream is no data', { status: 404 });
  const { notices } = context.get(askedContext).clinic;
  const { tenantId } = actorOf(context);
  const from = Number(url.searchParams.get('from') ?? Number.NEGATIVE_INFINITY);
  const to = Number(url.searchParams.get('to') ?? Number.POSITIVE_INFINITY);
  const isOurs = (payload: string) => {
    const [tenant, kind, start, end] = payload.split(' ');
    if (tenant !== tenantId) return false;
    return kind === 'booking' ? Number(start) < to && Number(end) > from : !url.searchParams.has('from');
  };
  const text = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      let soon: NodeJS.Timeout | undefined;
      const write = (line: string) => stream.enqueue(text.encode(`${line}\n\n`));
      const leave = notices.subscribe(channel, (payload) => {
        if (payload !== undefined && !isOurs(payload)) return;
        soon ??= setTimeout(() => {
          soon = undefined;
          write('event: changed\ndata:');
        }, togetherMs);
      });
      const breath = setInterval(() => write(':'), breathMs);
      const last = setTimeout(() => end(), longestMs);
      end = () => {
        end = () => {};
        leave();
        clearTimeout(soon);
        clearTimeout(last);
        clearInterval(breath);
        request.signal.removeEventListener('abort', close);
        notices.closing.removeEventListener('abort', close);
        try {
          stream.close();
        } catch {
          // The reader is gone already.
        }
      };
      const close = () => end();
      request.signal.addEventListener('abort', close);
      notices.closing.addEventListener('abort', close);
      write('retry: 2000\n:');
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // A proxy that collects answers would keep them back.
      'X-Accel-Buffering': 'no',
    },
  });
}
