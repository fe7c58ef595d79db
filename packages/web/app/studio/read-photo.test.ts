import { expect, it } from 'vitest';
import { readPhoto } from './read-photo.ts';

it('a file that is no longer where it was chosen is refused like one that is no picture', async () => {
  const gone = Object.assign(new File(['x'], 'skin.jpg', { type: 'image/jpeg' }), {
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  });
  expect(await readPhoto(gone, Infinity)).toEqual({ ok: false, reason: 'not-an-image' });
});
