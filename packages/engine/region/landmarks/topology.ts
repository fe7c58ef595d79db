/*
 * Which of the 478 points is what: the numbering of MediaPipe's face mesh (468 of the mesh, then 5 of each
 * iris). "Right" and "left" are the person's; the right side lies left in the picture. The refinement orders
 * are those of the attention mesh's outputs (tensors_to_face_landmarks_with_attention.pbtxt).
 */

export const pointCount = 478;

/** Output of the lips head: rings from the outer border inwards, each lower line then upper line. */
const lipRings = {
  outerLower: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291],
  outerUpper: [185, 40, 39, 37, 0, 267, 269, 270, 409],
  innerLower: [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308],
  innerUpper: [191, 80, 81, 82, 13, 312, 311, 310, 415],
  semiOuterLower: [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306],
  semiOuterUpper: [184, 74, 73, 72, 11, 302, 303, 304, 408],
  semiInnerLower: [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292],
  semiInnerUpper: [183, 42, 41, 38, 12, 268, 271, 272, 407],
} as const;

/** Lines from the person's right corner of the mouth to the left one, corners included. */
export const lipLines = {
  outerLower: lipRings.outerLower,
  outerUpper: [61, ...lipRings.outerUpper, 291],
  innerLower: lipRings.innerLower,
  innerUpper: [78, ...lipRings.innerUpper, 308],
} as const;

const rightEyeLid = [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173];
const leftEyeLid = [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398];

const rightEyeRegion = rightEyeLid.concat([
  130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233,
  244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128,
  245, 156, 70, 63, 105, 66, 107, 55, 193,
]);
const leftEyeRegion = leftEyeLid.concat([
  359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450,
  451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346, 347,
  348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
]);

/** Centre, then the edge: towards the picture's right, up, left, down. */
export const irises = {
  right: [468, 469, 470, 471, 472],
  left: [473, 474, 475, 476, 477],
} as const;

/** The heads that replace mesh points by finer ones, in the order they are laid over the mesh. */
export const refinements: readonly {
  output: string;
  points: readonly number[];
  depthFrom?: readonly number[];
}[] = [
  { output: 'output_lips', points: Object.values(lipRings).flat() },
  { output: 'output_left_eye', points: rightEyeRegion },
  { output: 'output_right_eye', points: leftEyeRegion },
  { output: 'output_left_iris', points: irises.right, depthFrom: rightEyeLid },
  { output: 'output_right_iris', points: irises.left, depthFrom: leftEyeLid },
];

/** Single points the proportions of the face are measured from. */
export const landmarks = {
  rightEyeOuterCorner: 33,
  leftEyeOuterCorner: 263,
  glabella: 9,
  chin: 152,
} as const;
