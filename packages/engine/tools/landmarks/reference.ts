/**
 * Asks the pinned MediaPipe builds, in a real Chromium, what they see in our photographs, and writes the
 * answers as the fixture the landmark tests compare against:
 *
 *   node packages/engine/tools/landmarks/reference.ts [photo folder]
 *
 * MediaPipe gets the same pixels as our code (decoded by sharp, handed over as PNG), one fresh graph per
 * picture, so that every answer starts from the face detector and not from the picture before.
 */
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import sharp from 'sharp';
import { facePackage, silhouettePackage } from '../../region/landmarks/weights.ts';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, '../../fixtures');
const photoFolder = process.argv[2] ?? join(fixtures, 'photos');
const origin = 'http://localhost:1';

/** The silhouette is kept at the size the model works at. */
const maskSidePx = 256;

interface BrowserAnswer {
  face: number[] | null;
  silhouettePng: string;
  warmMs: number;
}

async function launch() {
  // The package skips unpacking when its file exists, even half-written or of another version.
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'chromium-153-'));
  const { default: chromium } = await import('@sparticuz/chromium');
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

const contentTypes: Record<string, string> = {
  js: 'text/javascript',
  wasm: 'application/wasm',
  data: 'application/octet-stream',
};

const page = await (await launch()).newPage();
page.on('pageerror', (error) => console.error('page:', error.message));
await page.route(`${origin}/**`, async (route) => {
  const path = new URL(route.request().url()).pathname;
  if (path === '/') {
    const scripts = ['face_mesh/face_mesh', 'selfie_segmentation/selfie_segmentation'];
    const body = scripts.map((name) => `<script src="/${name}.js"></script>`).join('');
    return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${body}` });
  }
  const file = require.resolve(`@mediapipe${path}`);
  const contentType = contentTypes[path.split('.').pop() ?? ''] ?? 'application/octet-stream';
  return route.fulfill({ contentType, body: await readFile(file) });
});
await page.goto(`${origin}/`);

const names = (await readdir(photoFolder)).filter((name) => /\.(jpg|png)$/.test(name) && !/mask/.test(name));
const faces: Record<string, unknown> = {};
for (const name of names.sort()) {
  const { data, info } = await sharp(join(photoFolder, name))
    .autoOrient()
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const png = await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const answer = await page.evaluate(
    async ({ base64, maskSidePx, warm }): Promise<BrowserAnswer> => {
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
        const solution = new Solution({ locateFile: (file: string) => `/${folder}/${file}` });
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
        { maxNumFaces: 1, refineLandmarks: true, minDetectionConfidence: 0.5, minTrackingConfidence: 0.5 },
        warm ? 4 : 1,
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
      const silhouettePng = small.toDataURL('image/png');
      await selfie.solution.close();
      return { face, silhouettePng, warmMs: mesh.lastMs };
    },
    { base64: png.toString('base64'), maskSidePx, warm: name === names[0] },
  );

  const mask = await sharp(Buffer.from(answer.silhouettePng.split(',')[1] ?? '', 'base64'))
    .extractChannel('red')
    .png({ compressionLevel: 9 })
    .toBuffer();
  faces[name] = {
    widthPx: info.width,
    heightPx: info.height,
    points: answer.face?.map((v) => Number(v.toFixed(7))) ?? null,
    silhouettePng: mask.toString('base64'),
  };
  console.log(name, info.width, info.height, answer.face ? answer.face.length / 3 : 'no face', answer.warmMs);
}
await writeFile(
  join(fixtures, 'landmarks.json'),
  `${JSON.stringify({
    origin:
      `Answers of ${facePackage.name}@${facePackage.version} (478 points: x / width, y / height, z / width) and ` +
      `${silhouettePackage.name}@${silhouettePackage.version} (foreground confidence, ${maskSidePx} px grey PNG), ` +
      'run in headless Chromium 153 on SwiftShader by packages/engine/tools/landmarks/reference.ts. ' +
      'Photographs and their licences: packages/engine/fixtures/photos.',
    faces,
  })}\n`,
);
await page.context().browser()?.close();
