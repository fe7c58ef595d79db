/** Width and height of a page's picture in link previews, in pixels (Open Graph's customary 1.91 : 1). */
export const cardPx = { width: 1200, height: 630 } as const;
