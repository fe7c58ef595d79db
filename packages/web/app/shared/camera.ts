import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';

interface CameraWish {
  /** `user`: the lens beside the screen. `environment`: the one on the back. */
  readonly facing: 'user' | 'environment';
  /** What is asked for; the device gives what comes nearest. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The camera was refused, is missing or busy. */
  readonly onFault: () => void;
}

interface OpenCamera {
  /** Goes on the `video` element that shows what the camera sees. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly ready: boolean;
  /** What is seen now, at the camera's own size. Undefined before it is ready. */
  readonly takeFrame: () => OffscreenCanvas | undefined;
}

/** Opens the device's camera while the component is shown. Nothing is recorded; leaving lets go of the camera. */
export function useCamera({ facing, widthPx, heightPx, onFault }: CameraWish): OpenCamera {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const fail = useEffectEvent(onFault);

  useEffect(() => {
    let stream: MediaStream | undefined;
    let closed = false;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: facing, width: { ideal: widthPx }, height: { ideal: heightPx } },
        });
        if (closed || !video.current) return stop();
        video.current.srcObject = stream;
        await video.current.play();
        setReady(true);
      } catch {
        if (!closed) fail();
      }
    };
    void open();
    return () => {
      closed = true;
      stop();
    };
  }, [facing, widthPx, heightPx]);

  function takeFrame() {
    if (!video.current || !ready) return undefined;
    const { videoWidth, videoHeight } = video.current;
    const canvas = new OffscreenCanvas(videoWidth, videoHeight);
    canvas.getContext('2d')?.drawImage(video.current, 0, 0);
    return canvas;
  }

  return { video, ready, takeFrame };
}
