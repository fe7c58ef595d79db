import { usualZones } from '@undertone/clinic/session/protocol.ts';
import { useState } from 'react';
import { Select, TextField } from '../ui/fields.tsx';
import { type Part, zoneText } from './part.ts';

/** Zones of this session first, then the usual ones of the treatment, then a name of one's own. */
export function zonesOf({ snapshot, mirror }: Part): readonly string[] {
  const { record } = snapshot;
  const used = [...record.passes, ...record.pigments, ...record.needles, ...record.numbing].map(
    ({ body }) => body.zone,
  );
  const all = [...used, ...mirror.opening.proposal.zones, ...usualZones[mirror.session.treatment]];
  return [...new Set(all)].filter((zone) => zone !== '');
}

const other = '\u0000other';

export function ZoneField({
  part,
  zone,
  onChange,
}: {
  readonly part: Part;
  readonly zone: string;
  readonly onChange: (zone: string) => void;
}) {
  const { words } = part;
  const [isOther, setOther] = useState(false);
  const zones = zonesOf(part);
  const options = [...new Set([...zones, ...(zone === '' || isOther ? [] : [zone])])].map((one) => ({
    id: one,
    label: zoneText(part, one),
  }));
  return (
    <>
      <Select
        label={words.zone}
        options={[...options, { id: other, label: words.otherZone }]}
        selectedKey={isOther ? other : zone}
        onSelectionChange={(key) => {
          setOther(key === other);
          onChange(key === other ? '' : String(key));
        }}
      />
      {isOther ? <TextField label={words.otherZone} value={zone} onChange={onChange} maxLength={60} /> : null}
    </>
  );
}
