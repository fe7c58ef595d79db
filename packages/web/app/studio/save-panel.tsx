import type { Picture } from '@undertone/engine/photo/index.ts';
import { type ActionDispatch, type RefObject, useState } from 'react';
import { useSaid } from '../shared/said.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Keeper } from './draft-keeper.ts';
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
  readonly patient: Patient | undefined;
  readonly planId: string | null;
  readonly keeper: RefObject<Keeper | null>;
  readonly send: ActionDispatch<[StudioAct]>;
}

/** Puts the plan with its photograph into a patient's record. Until the server answers "saved", nothing is let go. */
export function SavePanel({ words, state, patient, planId, keeper, send }: SavePanelProps) {
  const say = useSaid();
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  async function save() {
    const { plan, photo } = state;
    if (!plan || !photo || !patient) return;
    setSaving(true);
    setFault(null);
    // The draft ends with the plan: no late save of it may come after.
    const draft = await keeper.current?.pause();
    let isSaved = false;
    try {
      const form = new FormData();
      form.set('patientId', patient.id);
      if (planId) form.set('planId', planId);
      if (draft) {
        form.set('draftId', draft.draftId);
        form.set('draftRevision', String(draft.revision));
      }
      form.set('photo', photo.file);
      // Without these very pixels the plan could not be made again to the byte.
      form.set('picture', await pngOf(photo.picture), 'picture.png');
      form.set('document', JSON.stringify(plan.document));
      form.set('mapSvg', plan.mapSvg);
      for (const one of plan.pictures)
        if (one.range === 'expected') form.set(one.state, await pngOf(one.picture), `${one.state}.png`);
      const response = await fetch('/studio/plans', { method: 'POST', body: form });
      const answer = (await response.json()) as { ok: true; planId: string } | { ok: false; message: string };
      isSaved = answer.ok;
      if (answer.ok) send({ type: 'saved', planId: answer.planId });
      else setFault(answer.message);
    } catch {
      setFault(words.notSaved);
    } finally {
      if (isSaved) await keeper.current?.finish();
      else keeper.current?.resume();
      setSaving(false);
    }
  }

  return (
    <section className="studio-step" aria-labelledby="step-save">
      <h2 id="step-save">{words.save}</h2>
      {patient ? (
        <p>
          {words.patient}: <strong>{patient.name}</strong>
        </p>
      ) : (
        <p className="field-hint">{words.findPatient}</p>
      )}
      <Button
        look="strong"
        wide
        isPending={saving}
        isDisabled={patient === undefined || state.savedPlanId !== null}
        onPress={() => void save()}
      >
        {saving ? words.saving : words.savePlan}
      </Button>
      {fault === null ? null : <Alert tone="oxide" title={say(fault).text} live />}
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
