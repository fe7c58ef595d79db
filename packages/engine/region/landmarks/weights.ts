export const facePackage = { name: '@mediapipe/face_mesh', version: '0.4.1633559619' } as const;
export const silhouettePackage = {
  name: '@mediapipe/selfie_segmentation',
  version: '0.1.1675465747',
} as const;
