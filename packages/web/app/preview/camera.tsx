import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import type { PreviewWords } from './words.ts';

interface CameraProps {
  readonly words: PreviewWords;
  readonly onPhoto: (file: File) => void;
  readonly onClose: () => void;
  /** The camera was refused, is missing or busy. */
  readonly onFault: () => void;
}

/** Takes one photograph with the device's camera. Nothing is recorded; closing lets go of the camera. */
export function Camera({ words, onPhoto, onClose, onFault }: CameraProps) {
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
          video: { facingMode: 'user', width: { ideal: 1600 }, height: { ideal: 1200 } },
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
  }, []);

  async function shoot() {
    if (!video.current) return;
    const { videoWidth, videoHeight } = video.current;
    const canvas = new OffscreenCanvas(videoWidth, videoHeight);
    canvas.getContext('2d')?.drawImage(video.current, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    onPhoto(new File([blob], 'camera.png', { type: 'image/png' }));
  }

  return (
    <div className="stack">
      <video ref={video} className="preview-camera" playsInline muted aria-label={words.cameraPicture} />
      <div className="row">
        <Button look="strong" isDisabled={!ready} onPress={() => void shoot()}>
          {words.shoot}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {words.closeCamera}
        </Button>
      </div>
    </div>
  );
}
