/** MediaPipe's pinned builds in a real Chromium: what our landmarks are compared with. */
import sharp from 'sharp';
import type { Picture } from '../../photo/picture.ts';
import { openPage } from './chromium.ts';

/** The silhouette is kept at the size the model works at. */
export const maskSidePx = 256;

export interface MediaPipeAnswer {
  /** x / width, y / height, z / width of 478 points; null where it saw no face. */
  readonly points: number[] | null;
  /** Foreground confidence, a square grey PNG. */
  readonly silhouettePng: Buffer;
  /** The last of several frames of the same picture; the first one comes from the detector. */
  readonly lastFrameMs: number;
}

export interface MediaPipe {
  /**
   * Same pixels as our code gets, handed over as PNG; a fresh graph each time, so that the points start from
   * the detector and not from the picture before.
   */
  readonly ask: (picture: Picture, frames?: number) => Promise<MediaPipeAnswer>;
  readonly close: () => Promise<void>;
}

interface BrowserAnswer {
  face: number[] | null;
  silhouetteUrl: string;
  lastFrameMs: number;
}

export async function openMediaPipe(): Promise<MediaPipe> {
  const { page, close } = await openPage([
    'face_mesh/face_mesh.js',
    'selfie_segmentation/selfie_segmentation.js',
  ]);
  return {
    ask: async (picture, frames = 1) => {
      const { widthPx: width, heightPx: height, rgba } = picture;
      const png = await sharp(rgba, { raw: { width, height, channels: 4 } })
        .removeAlpha()
        .png({ compressionLevel: 1 })
        .toBuffer();
      const answer = await page.evaluate(
        async ({ base64, maskSidePx, frames }): Promise<BrowserAnswer> => {
          const scope = globalThis as unknown as Record<string, new (config: object) => MediaPipeSolution>;
          interface MediaPipeSolution {
            setOptions(options: object): void;
            onResults(listener: (results: Record<string, unknown>) => void): void;
            send(inputs: object): Promise<void>;
            close(): Promise<void>;
          }
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
            colorSpaceConversion: 'none',
            premultiplyAlpha: 'none',
          });
          const canvas = document.createElement('canvas');
          canvas.width = bitmap.width;
          canvas.height = bitmap.height;
          canvas.getContext('2d')?.drawImage(bitmap, 0, 0);

          const ask = async (kind: string, folder: string, options: object, times: number) => {
            const Solution = scope[kind];
            if (!Solution) throw new Error(`${kind} did not load`);
            const solution = new Solution({ locateFile: (file: string) => `/@mediapipe/${folder}/${file}` });
            solution.setOptions(options);
            const answers: Record<string, unknown>[] = [];
            solution.onResults((results) => answers.push(results));
            let lastMs = 0;
            for (let i = 0; i < times; i++) {
              const started = performance.now();
              await solution.send({ image: canvas });
              lastMs = performance.now() - started;
            }
            return { first: answers[0] ?? {}, lastMs, solution };
          };

          const mesh = await ask(
            'FaceMesh',
            'face_mesh',
            {
              maxNumFaces: 1,
              refineLandmarks: true,
              minDetectionConfidence: 0.5,
              minTrackingConfidence: 0.5,
            },
            frames,
          );
          const found = mesh.first.multiFaceLandmarks as { x: number; y: number; z: number }[][] | undefined;
          const face = found?.[0]?.flatMap((p) => [p.x, p.y, p.z]) ?? null;
          await mesh.solution.close();

          const selfie = await ask('SelfieSegmentation', 'selfie_segmentation', { modelSelection: 0 }, 1);
          const small = document.createElement('canvas');
          small.width = small.height = maskSidePx;
          const context = small.getContext('2d');
          if (!context) throw new Error('no 2d canvas');
          context.imageSmoothingEnabled = true;
          context.imageSmoothingQuality = 'high';
          context.fillStyle = 'black';
          context.fillRect(0, 0, maskSidePx, maskSidePx);
          context.drawImage(selfie.first.segmentationMask as CanvasImageSource, 0, 0, maskSidePx, maskSidePx);
          const silhouetteUrl = small.toDataURL('image/png');
          await selfie.solution.close();
          return { face, silhouetteUrl, lastFrameMs: mesh.lastMs };
        },
        { base64: png.toString('base64'), maskSidePx, frames },
      );

      return {
        points: answer.face,
        silhouettePng: await sharp(Buffer.from(answer.silhouetteUrl.split(',')[1] ?? '', 'base64'))
          .extractChannel('red')
          .png({ compressionLevel: 9 })
          .toBuffer(),
        lastFrameMs: answer.lastFrameMs,
      };
    },
    close,
  };
}
