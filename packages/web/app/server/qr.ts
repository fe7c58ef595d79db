import { renderSVG } from 'uqr';

/** A QR code as an address an `img` can show. Black on white in both themes: cameras expect it. */
export function qrPicture(text: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(renderSVG(text, { ecc: 'M', border: 3 })).toString('base64')}`;
}
