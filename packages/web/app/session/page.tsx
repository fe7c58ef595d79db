import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Skeleton } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import { type Given, SignIn } from './given.tsx';
import { keepPageOffline } from './offline.ts';
import './session.css';
import { openTablet, type Tablet } from './tablet.ts';
import { TabletScreen } from './tablet-screen.tsx';
import { sessionWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/**
 * `/desk/sessions/:sessionId`: the tablet's page. What the server sends here is kept by the service worker, so it holds
 * nothing about the person; the page asks for that itself and keeps it where it can be deleted.
 */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { staffId, role } = actorOf(context);
  const tenant = await mainTenant(context.get(askedContext).clinic);
  return {
    locale: localeOf(request),
    zone: tenant?.zone ?? 'UTC',
    sessionId: params.sessionId,
    staffId,
    canWrite: can(role, 'session.write'),
    canSign: can(role, 'session.sign'),
  };
}

/** The page is opened once: what changes reaches it through the tablet. */
export const shouldRevalidate = () => false;

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: sessionWords[loaderData?.locale ?? 'en'].title }];
}

export default function SessionPage({ loaderData }: Route.ComponentProps) {
  const { locale, sessionId, staffId } = loaderData;
  const [tablet, setTablet] = useState<Tablet>();
  useEffect(() => {
    const opened = openTablet({ sessionId, staffId });
    // oxlint-disable-next-line react/set-state-in-effect -- the tablet's storage exists only in the browser
    setTablet(opened);
    const stop = keepPageOffline(opened.offlineReady);
    return () => {
      stop();
      opened.close();
    };
  }, [sessionId, staffId]);
  return (
    <I18nProvider locale={intlTag(locale)}>
      <div className="session" data-density="session">
        {tablet ? <Opened tablet={tablet} given={loaderData} /> : <Opening given={loaderData} />}
      </div>
    </I18nProvider>
  );
}

function Opening({ given }: { readonly given: Given }) {
  const words = sessionWords[given.locale];
  return (
    <main className="session-alone">
      <h1>{words.title}</h1>
      <Skeleton lines={5} label={words.opening} />
    </main>
  );
}

function Opened({ tablet, given }: { readonly tablet: Tablet; readonly given: Given }) {
  const snapshot = useSyncExternalStore(tablet.subscribe, tablet.snapshot, tablet.snapshot);
  const words = sessionWords[given.locale];
  const { phase, mirror } = snapshot;
  if (phase === 'opening') return <Opening given={given} />;
  if (mirror === undefined || phase !== 'ready') {
    const said = phase === 'no-storage' ? words.noStorage : phase === 'missing' ? words.missing : words.none;
    return (
      <main className="session-alone">
        <h1>{words.title}</h1>
        <Alert tone="ochre" title={said.title} live>
          {said.text}
        </Alert>
        {snapshot.line === 'signed-out' ? <SignIn given={given} /> : null}
        <Button onPress={() => location.reload()}>{words.tryAgain}</Button>
      </main>
    );
  }
  return <TabletScreen tablet={tablet} snapshot={snapshot} mirror={mirror} given={given} />;
}
