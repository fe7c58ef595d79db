/* Intake by link (web/app/intake/): kept without the answers, which the page keeps until they are sent. */
self.keeper = {
  name: 'undertone-intake',
  pagePath: /^\/(?:en|hi|bn|ne)\/intake\/[^/]+$/,
  shellOf: (path) => `${path}?shell=yes`,
};
importScripts('/page-keeper.js');
