/** Imports at the machine itself, by whoever may read its data folder: nobody is signed in there. */
import { setTimeout as pause } from 'node:timers/promises';
import { inTenant } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';
import { tenantSites } from '../tenant/commands.ts';
import type { ImportServices } from './act.ts';
import { plainName } from './columns.ts';
import {
  carryOn,
  changeImport,
  discardImport,
  readImport,
  stageImport,
  startImport,
  undoImport,
} from './commands.ts';
import type { DateOrder, Fault, Import, ImportKind } from './schema.ts';

interface Refused {
  readonly ok: false;
  readonly message: string;
}

export interface MachineImport {
  readonly ok: true;
  readonly import: Import;
  /** Rows with a fault, already there, or kept when it was undone; the first five hundred. */
  readonly rows: readonly {
    readonly row: number;
    readonly outcome: string;
    readonly faults: readonly Fault[];
  }[];
}

type MachineServices = ImportServices & Pick<Services, 'config'>;

/** In place of a member: an id nobody has. */
const nobodyId = '00000000-0000-4000-8000-000000000000';

export async function importTable(
  services: MachineServices,
  asked: {
    readonly clinicId: string | undefined;
    readonly kind: ImportKind;
    readonly bytes: Uint8Array;
    /** `Column=field` pairs; columns that are not named are as guessed. `Column=` leaves one out. */
    readonly map: readonly string[];
    readonly dates: DateOrder | undefined;
    readonly bringInDuplicates: boolean;
    readonly dry: boolean;
  },
  onProgress: (rows: number) => void,
): Promise<MachineImport | Refused> {
  return ofClinic(services, asked.clinicId, async (actor) => {
    const staged = await stageImport(services, actor, asked.kind, asked.bytes);
    if (!staged.ok) return staged;
    const { id, format, mapping } = staged.import;
    const fields = [...mapping.fields];
    for (const pair of asked.map) {
      const at = pair.lastIndexOf('=');
      const name = pair.slice(0, at);
      const column = format.columns.findIndex((one) => plainName(one) === plainName(name));
      if (at < 1 || column < 0) {
        const message = `--map ${pair}: there is no column "${name}". The columns are: ${format.columns.join(', ')}.`;
        await discardImport(services, actor, id);
        return { ok: false, message };
      }
      const field = pair.slice(at + 1).trim();
      for (const [i, other] of fields.entries()) if (other === field && field !== '') fields[i] = null;
      fields[column] = field === '' ? null : field;
    }
    const changed = await changeImport(services, actor, id, {
      mapping: {
        ...mapping,
        fields,
        dateOrder: asked.dates ?? mapping.dateOrder,
        duplicates: asked.bringInDuplicates ? 'import' : 'skip',
      },
    });
    const started = changed.ok ? await startImport(services, actor, id, { dry: asked.dry }) : changed;
    const done = started.ok ? await follow(services, actor, id, onProgress) : started;
    // A table that was only checked, or refused, is not left lying: it is on the disk it came from.
    if (asked.dry || !done.ok) await discardImport(services, actor, id);
    return done;
  });
}

export async function undoByMachine(
  services: MachineServices,
  clinicId: string | undefined,
  id: string,
  onProgress: (rows: number) => void,
): Promise<MachineImport | Refused> {
  return ofClinic(services, clinicId, async (actor) => {
    const undone = await undoImport(services, actor, id);
    return undone.ok ? follow(services, actor, id, onProgress) : undone;
  });
}

/** Works on it until it is settled; where the clinic's own worker was faster, waits for that. */
async function follow(
  services: ImportServices,
  actor: Actor,
  id: string,
  onProgress: (rows: number) => void,
): Promise<MachineImport | Refused> {
  const ticking = setInterval(() => {
    void readImport(services, actor, id).then((read) => read.ok && onProgress(read.import.rowsDone));
  }, 2000);
  try {
    for (;;) {
      await carryOn(services, actor.tenantId, id);
      const read = await readImport(services, actor, id);
      if (!read.ok) return read;
      if (!['checking', 'running', 'undoing'].includes(read.import.state)) {
        const rows = read.told.map(({ rowNumber, outcome, faults }) => ({ row: rowNumber, outcome, faults }));
        return { ok: true, import: read.import, rows };
      }
      await pause(500);
    }
  } finally {
    clearInterval(ticking);
  }
}

async function ofClinic<T>(
  services: MachineServices,
  clinicId: string | undefined,
  work: (actor: Actor) => Promise<T | Refused>,
): Promise<T | Refused> {
  const clinics = await tenantSites(services);
  const one = clinicId === undefined ? clinics[0] : clinics.find(({ id }) => id === clinicId);
  if (one === undefined) {
    const message = clinicId === undefined ? 'There is no clinic yet.' : `There is no clinic ${clinicId}.`;
    return { ok: false, message };
  }
  const actor: Actor = { tenantId: one.id, staffId: nobodyId, role: 'owner', name: '', sessionId: nobodyId };
  return inTenant(one.id, () => work(actor), one.publicUrl);
}
