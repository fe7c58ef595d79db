import { useEffect, useState } from 'react';
import { useCamera } from '../shared/camera.ts';
import { Button } from '../ui/button.tsx';
import { Slider } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { PhotoWords } from './words.ts';

interface CaptureProps {
  readonly words: PhotoWords;
  /** The last photograph of this view, laid over what the camera sees. */
  readonly ghost: { readonly src: string; readonly day: string } | null;
  readonly onPhoto: (file: Blob) => Promise<void>;
  readonly onClose: () => void;
}

/** Takes photographs with the device's camera, with the last one of the same view as a ghost to line up with. */
export function Capture({ words, ghost, onPhoto, onClose }: CaptureProps) {
  const [fault, setFault] = useState(false);
  const [strength, setStrength] = useState(40);
  const [shot, setShot] = useState<{ readonly file: Blob; readonly src: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const { video, ready, takeFrame } = useCamera({
    facing: 'environment',
    widthPx: 4096,
    heightPx: 3072,
    onFault: () => setFault(true),
  });

  const src = shot?.src;
  useEffect(() => () => (src === undefined ? undefined : URL.revokeObjectURL(src)), [src]);

  async function shoot() {
    const file = await takeFrame()?.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    if (!file) return;
    setShot({ file, src: URL.createObjectURL(file) });
  }

  async function keep() {
    if (!shot) return;
    setBusy(true);
    await onPhoto(shot.file);
    setBusy(false);
    setShot(null);
  }

  if (fault)
    return (
      <div className="stack">
        <Alert tone="ochre" title={words.noCamera} live />
        <div className="row">
          <Button onPress={onClose}>{words.close}</Button>
        </div>
      </div>
    );
  return (
    <div className="stack">
      <div className="capture">
        <video ref={video} playsInline muted aria-label={words.camera} />
        {shot ? <img src={shot.src} alt={words.keep} /> : null}
        {ghost && !shot ? (
          <img
            className="capture-ghost"
            src={ghost.src}
            alt={words.ghostOf(ghost.day)}
            style={{ '--strength': strength / 100 } as React.CSSProperties}
          />
        ) : null}
      </div>
      <p className="field-hint">{words.tips}</p>
      {ghost ? (
        <>
          <p className="field-hint">{words.ghostOf(ghost.day)}</p>
          <Slider
            label={words.ghost}
            minValue={0}
            maxValue={100}
            value={strength}
            onChange={(value) => setStrength(typeof value === 'number' ? value : (value[0] ?? 0))}
          />
        </>
      ) : (
        <p className="field-hint">{words.noGhost}</p>
      )}
      <div className="row">
        {shot ? (
          <>
            <Button look="strong" isPending={busy} onPress={() => void keep()}>
              {words.keep}
            </Button>
            <Button onPress={() => setShot(null)}>{words.again}</Button>
          </>
        ) : (
          <Button look="strong" isDisabled={!ready} onPress={() => void shoot()}>
            {words.shoot}
          </Button>
        )}
        <Button look="quiet" onPress={onClose}>
          {words.close}
        </Button>
      </div>
    </div>
  );
}
