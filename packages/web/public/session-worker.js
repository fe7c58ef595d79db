/* Sessions (web/app/session/): the page itself holds words and an id, so it is kept as the server sent it. */
self.keeper = {
  name: 'undertone-session',
  pagePath: /^\/desk\/sessions\/[0-9a-f-]{36}$/,
  shellOf: (path) => path,
};
importScripts('/page-keeper.js');
