import { keepPage } from '../keep-page.ts';

/** Keeps this session's page; see public/page-keeper.js. */
export const keepPageOffline = (onReady: () => void): (() => void) =>
  keepPage({ address: '/session-worker.js', scope: '/desk/sessions/' }, onReady);
