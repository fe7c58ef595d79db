import type { Picture, Point } from '@undertone/engine/photo/index.ts';
import { hairlineLine, proposeHairline } from '@undertone/engine/region/landmarks/index.ts';
import { type PointerEvent, useEffect, useRef } from 'react';
import { hairlineMm, proportionsAt } from './forecast.ts';

export function imageOf({ rgba, widthPx, heightPx }: Picture): ImageData {
  const bytes = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.length);
  return new ImageData(bytes, widthPx, heightPx, { colorSpace: 'srgb' });
}

/** A picture on a canvas of its size. */
export function Painted({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(imageOf(picture), 0, 0);
  }, [picture]);
  return (
    <canvas ref={canvas} width={picture.widthPx} height={picture.heightPx} role="img" aria-label={label} />
  );
}

interface HairlinePictureProps {
  readonly picture: Picture;
  readonly label: string;
  /** 478 points of the face, and millimetres a pixel at the eyes. */
  readonly points: Float32Array;
  readonly mmPerPx: number;
  readonly midFrontalMm: number;
  readonly onMove: (midFrontalMm: number) => void;
}

/** The picture with the hairline to drag up and down. A slider beside it does the same by keyboard. */
export function HairlinePicture({
  picture,
  label,
  points,
  mmPerPx,
  midFrontalMm,
  onMove,
}: HairlinePictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ fromY: number; fromMm: number }>(null);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.putImageData(imageOf(picture), 0, 0);
    const hairline = proposeHairline(points, mmPerPx, proportionsAt(midFrontalMm));
    const unit = Math.max(1, picture.widthPx / 400);
    for (const [width, colour] of [
      [4 * unit, 'rgb(0 0 0 / 65%)'],
      [2 * unit, '#fff'],
    ] as const) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      trace(context, hairlineLine(hairline));
      context.stroke();
    }
    const { x, y } = hairline.midFrontal;
    context.beginPath();
    context.arc(x, y, 9 * unit, 0, Math.PI * 2);
    context.fillStyle = '#fff';
    context.fill();
    context.lineWidth = 1.5 * unit;
    context.strokeStyle = 'rgb(0 0 0 / 80%)';
    context.stroke();
  }, [picture, points, mmPerPx, midFrontalMm]);

  function follow(event: PointerEvent<HTMLCanvasElement>) {
    if (!drag.current) return;
    const shownHeight = event.currentTarget.getBoundingClientRect().height;
    const movedPx = ((drag.current.fromY - event.clientY) * picture.heightPx) / Math.max(1, shownHeight);
    const moved = drag.current.fromMm + movedPx * mmPerPx;
    onMove(Math.round(Math.min(hairlineMm.most, Math.max(hairlineMm.least, moved))));
  }

  return (
    <canvas
      ref={canvas}
      className="preview-hairline"
      width={picture.widthPx}
      height={picture.heightPx}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { fromY: event.clientY, fromMm: midFrontalMm };
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    />
  );
}

function trace(context: CanvasRenderingContext2D, line: readonly Point[]): void {
  context.beginPath();
  for (const [n, { x, y }] of line.entries()) {
    if (n === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}
