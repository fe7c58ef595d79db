import { useCamera } from '../shared/camera.ts';
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
  const { video, ready, takeFrame } = useCamera({ facing: 'user', widthPx: 1600, heightPx: 1200, onFault });

  async function shoot() {
    const blob = await takeFrame()?.convertToBlob({ type: 'image/png' });
    if (!blob) return;
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
