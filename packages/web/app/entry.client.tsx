import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { HydratedRouter } from 'react-router/dom';
import { PageInfoContext } from './page-info.ts';

const requestId = document.documentElement.dataset.request ?? '';

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
