import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { HydratedRouter } from 'react-router/dom';
import { teachNepali } from './locales/nepali-intl.ts';
import { PageInfoContext } from './page-info.ts';
import { stayWithoutLine } from './shared/no-line.ts';

const requestId = document.documentElement.dataset.request ?? '';

// Before anything is written: what comes alive must say what the server said.
teachNepali();
stayWithoutLine();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <PageInfoContext value={{ nonce: '', requestId }}>
        <HydratedRouter />
      </PageInfoContext>
    </StrictMode>,
  );
});
