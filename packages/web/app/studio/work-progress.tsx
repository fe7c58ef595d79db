import { Progress } from '../ui/surfaces.tsx';
import type { WorkState } from './use-work.ts';
import type { StudioWords } from './words.ts';

interface WorkProgressProps {
  readonly words: StudioWords;
  readonly waitsFor: 'chart' | 'hair' | 'face-models' | null;
  readonly job: WorkState | null;
  readonly onStop: () => void;
}

/** What the workers do just now, how far that is, and the way to give it up. */
export function WorkProgress({ words, waitsFor, job, onStop }: WorkProgressProps) {
  const isPlan = waitsFor === null && job?.kind === 'plan';
  return (
    <Progress
      label={labelOf(words, waitsFor, job)}
      {...(isPlan && { value01: job.done01 })}
      cancelLabel={words.cancel}
      onCancel={onStop}
    />
  );
}

const isFace = (kind: WorkState['kind'] | undefined) =>
  kind === 'lips' || kind === 'scalp' || kind === 'scalpGround';

function labelOf(words: StudioWords, waitsFor: WorkProgressProps['waitsFor'], job: WorkState | null): string {
  if (waitsFor === 'chart') return words.lookingForChart;
  if (waitsFor === 'hair') return words.countingHair;
  if (waitsFor === 'face-models' || isFace(job?.kind)) return words.findingFace;
  if (job?.kind !== 'plan') return words.proposing;
  return words.planSteps[job.step as keyof typeof words.planSteps] ?? words.plan;
}
