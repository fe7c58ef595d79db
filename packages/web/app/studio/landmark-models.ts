// oxlint-disable-next-line import/default -- Vite makes the address
import faceUrl from '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data?url';
// oxlint-disable-next-line import/default -- Vite makes the address
import silhouetteUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url';
import { type LandmarkModels, loadLandmarkModels } from '@undertone/engine/region/landmarks/index.ts';

const urls = { face: faceUrl, silhouette: silhouetteUrl };

/** Fetches the models that find faces, 4.3 MB, from our own server; the browser keeps them. Throws when the line drops. */
export function fetchLandmarkModels(): Promise<LandmarkModels> {
  return loadLandmarkModels(async (file) => {
    const answer = await fetch(urls[file]);
    if (!answer.ok) {
      throw Object.assign(new Error(`The server answered ${answer.status} for ${urls[file]}.`), {
        code: 'models-missing' as const,
      });
    }
    return new Uint8Array(await answer.arrayBuffer());
  });
}
