import { deskTag, intlTag, type Locale } from '../locales/index.ts';
import { Said } from '../shared/said.tsx';
import { Select } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { KeptState } from './draft-keeper.ts';
import { draftWords } from './draft-words.ts';
import type { Patient } from './save-panel.tsx';
import type { DraftNotice } from './use-draft.ts';

interface DraftPanelProps {
  readonly locale: Locale;
  /** IANA name of the clinic's zone. */
  readonly zone: string;
  readonly kept: KeptState;
  readonly notice: DraftNotice | null;
  /** Whom one can choose; null when the studio was opened for one person. */
  readonly patients: readonly Patient[] | null;
  readonly patientId: string | null;
  readonly placeholder: string;
  readonly onPatient: (patientId: string | null) => void;
}

/** Whose work it is, and whether it is saved. */
export function DraftPanel({
  locale,
  zone,
  kept,
  notice,
  patients,
  patientId,
  placeholder,
  onPatient,
}: DraftPanelProps) {
  const words = draftWords[locale];
  return (
    <>
      <p className="studio-kept" data-kept={kept.kind} role="status">
        {sentenceOf(kept, locale, zone)}
      </p>
      {patients ? (
        <Select
          label={words.choosePatient}
          placeholder={placeholder}
          options={patients.map(({ id, name }) => ({ id, label: name }))}
          value={patientId}
          onChange={(key) => onPatient(key === null ? null : String(key))}
        />
      ) : null}
      {kept.kind === 'refused' ? (
        <Alert tone="oxide" title={words.refused} live>
          <Said>{kept.message}</Said>
        </Alert>
      ) : null}
      {notice === null ? null : <Alert tone="ochre" title={words.notices[notice]} live />}
    </>
  );
}

function sentenceOf(kept: KeptState, locale: Locale, zone: string): string {
  const words = draftWords[locale];
  if (kept.kind === 'none' || kept.kind === 'refused') return '';
  if (kept.kind === 'saved') {
    const time = new Intl.DateTimeFormat(deskTag(locale), { timeStyle: 'short', timeZone: zone }).format(
      kept.atMs,
    );
    return words.saved(time);
  }
  if (kept.kind === 'saving' && kept.photo01 !== null) {
    const percent = new Intl.NumberFormat(intlTag(locale), { style: 'percent' }).format(kept.photo01);
    return words.photo(percent);
  }
  return words.kept[kept.kind];
}
