import { createContext, useContext } from 'react';

/** What a page knows about its own request: for error pages and inline elements. */
export interface PageInfo {
  /** Empty in the browser: it hides nonces from scripts, and React keeps the server's attribute. */
  readonly nonce: string;
  readonly requestId: string;
}

export const PageInfoContext = createContext<PageInfo>({ nonce: '', requestId: '' });

export const usePageInfo = () => useContext(PageInfoContext);
