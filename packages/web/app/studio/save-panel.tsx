import type { Picture } from '@undertone/engine/photo/index.ts';
import { type ActionDispatch, useState } from 'react';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { StudioAct, StudioState } from './state.ts';
import type { StudioWords } from './words.ts';

export interface Patient {
  readonly id: string;
  readonly name: string;
}

/** One person, and the plan that gets its next version, if there is one. */
export interface SaveTo {
  readonly patientId: string;
  readonly planId: string | null;
}

interface SavePanelProps {
  readonly words: StudioWords;
  readonly state: StudioState;
  readonly patients: readonly Patient[];
  readonly saveTo: SaveTo | null;
  readonly send: ActionDispatch<[StudioAct]>;
}

/** Puts the plan with its photograph into a patient's record. Until the server answers "saved", nothing is let go. */
export function SavePanel({ words, state, patients, saveTo, send }: SavePanelProps) {
  const [patientId, setPatientId] = useState<string | null>(saveTo?.patientId ?? null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  async function save() {
    const { plan, photo } = state;
    if (!plan || !photo || patientId === null) return;
    setSaving(true);
    setFault(null);
    try {
      const form = new FormData();
      form.set('patientId', patientId);
      if (saveTo?.planId) form.set('planId', saveTo.planId);
      form.set('photo', photo.file);
      // Without these very pixels the plan could not be made again to the byte.
      form.set('picture', await pngOf(photo.picture), 'picture.png');
      form.set('document', JSON.stringify(plan.document));
      form.set('mapSvg', plan.mapSvg);
      for (const one of plan.pictures)
        if (one.range === 'expected') form.set(one.state, await pngOf(one.picture), `${one.state}.png`);
      const response = await fetch('/studio/plans', { method: 'POST', body: form });
      const answer = (await response.json()) as { ok: true; planId: string } | { ok: false; message: string };
      if (answer.ok) send({ type: 'saved', planId: answer.planId });
      else setFault(answer.message);
    } catch {
      setFault(words.notSaved);
    } finally {
      setSaving(false);
    }
  }

  return (
    <section className="studio-step" aria-labelledby="step-save">
      <h2 id="step-save">{words.save}</h2>
      {saveTo ? (
        <p>
          {words.patient}: <strong>{patients[0]?.name}</strong>
        </p>
      ) : (
        <Select
          label={words.patient}
          placeholder={words.findPatient}
          options={patients.map(({ id, name }) => ({ id, label: name }))}
          value={patientId}
          onChange={(key) => setPatientId(key === null ? null : String(key))}
        />
      )}
      <Button
        look="strong"
        wide
        isPending={saving}
        isDisabled={patientId === null || state.savedPlanId !== null}
        onPress={() => void save()}
      >
        {saving ? words.saving : words.savePlan}
      </Button>
      {fault === null ? null : <Alert tone="oxide" title={fault} live />}
      {state.savedPlanId === null ? null : (
        <Alert tone="verdigris" title={words.saved} live>
          <ButtonLink to={`/desk/plans/${state.savedPlanId}`}>{words.openSaved}</ButtonLink>
        </Alert>
      )}
    </section>
  );
}

async function pngOf({ widthPx, heightPx, rgba }: Picture): Promise<Blob> {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const bytes = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.length);
  canvas
    .getContext('2d', { colorSpace: 'srgb' })
    ?.putImageData(new ImageData(bytes, widthPx, heightPx), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
