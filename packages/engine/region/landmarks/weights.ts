import { sha256Hex } from './sha256.ts';

/*
 * The weights come unchanged out of two pinned npm packages (Apache-2.0, see NOTICE). Nothing is copied into
 * our source: the server reads them from the installed packages, the browser gets the same two files from
 * our own build, and both check what they got.
 */

export const facePackage = { name: '@mediapipe/face_mesh', version: '0.4.1633559619' } as const;
export const silhouettePackage = {
  name: '@mediapipe/selfie_segmentation',
  version: '0.1.1675465747',
} as const;

/** Inside the packages: the face models lie end to end in one file. */
export const weightFiles = {
  face: `${facePackage.name}/face_mesh_solution_packed_assets.data`,
  silhouette: `${silhouettePackage.name}/selfie_segmentation.tflite`,
} as const;

const parts = {
  attentionMesh: {
    file: 'face',
    start: 0,
    end: 2_495_952,
    sha256: '883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d',
  },
  detector: {
    file: 'face',
    start: 3_757_224,
    end: 3_986_256,
    sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
  },
  silhouette: {
    file: 'silhouette',
    start: 0,
    end: 249_024,
    sha256: '8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27',
  },
} as const;

export interface LandmarkModels {
  readonly detector: Uint8Array;
  readonly attentionMesh: Uint8Array;
  readonly silhouette: Uint8Array;
}

/**
 * Fetches both weight files with `read` and cuts the three models out of them. `read` gets 'face' or
 * 'silhouette' and the path inside node_modules; in Node it resolves and reads that path, in a browser it
 * fetches the asset of that name. Throws `weights-mismatch` when a model is not the pinned one, bit for bit.
 */
export async function loadLandmarkModels(
  read: (file: keyof typeof weightFiles, path: string) => Promise<Uint8Array>,
): Promise<LandmarkModels> {
  const [face, silhouette] = await Promise.all([
    read('face', weightFiles.face),
    read('silhouette', weightFiles.silhouette),
  ]);
  const files = { face, silhouette };
  const cut = (name: keyof typeof parts): Uint8Array => {
    const { file, start, end, sha256 } = parts[name];
    const bytes = files[file].subarray(start, end);
    if (sha256Hex(bytes) !== sha256) throw mismatch(name, weightFiles[file]);
    return bytes;
  };
  return {
    detector: cut('detector'),
    attentionMesh: cut('attentionMesh'),
    silhouette: cut('silhouette'),
  };
}

function mismatch(model: string, path: string): Error {
  return Object.assign(
    new Error(
      `The ${model} model in ${path} is not the pinned one. Install the exact versions of package-lock.json again.`,
    ),
    { code: 'weights-mismatch' as const },
  );
}
