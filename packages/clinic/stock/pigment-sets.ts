/*
 * The clinic's own pigment sets. Every function asks what the actor's role allows and leaves an entry in the audit
 * chain.
 *
 *   savePigmentSet(services, actor, { document, setId? })       { ok: true, set: { setId, version, … } }
 *   listPigmentSets(services, actor)                            { ok: true, sets }
 *   listMeasuredPigments(services, actor)                       { ok: true, pigments: [{ setId, setName, id, name }] }
 *   readPigmentSet(services, actor, setId, version?)            { ok: true, set, document }
 */
import { randomUUID } from 'node:crypto';
import { parsePigments } from '@undertone/engine/match/index.ts';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import {
  insertPigmentSet,
  lockPigmentSet,
  selectPigmentSet,
  selectPigmentSets,
} from './pigment-set-store.ts';
import { by, notAllowed } from './refusals.ts';
import { longestName, mostDocumentBytes, type PigmentSetSummary, type StockRefusal } from './rules.ts';

type StockServices = Pick<Services, 'db' | 'clock'>;

export interface PigmentSetToSave {
  /** The text of an `undertone/pigments` document, version 1. It is kept as it is, byte for byte. */
  readonly document: string;
  /** An existing set gets a new version; without it a new set begins. */
  readonly setId?: string;
}

export async function savePigmentSet(
  services: StockServices,
  actor: Actor,
  { document, setId: existing }: PigmentSetToSave,
): Promise<{ ok: true; set: PigmentSetSummary } | StockRefusal> {
  if (!can(actor.role, 'stock.write')) return notAllowed;
  if (existing !== undefined && !isUuid(existing)) return noSuchSet;
  const wrong = documentProblem(document);
  if (wrong) return wrong;
  const { tenantId } = actor;
  const setId = existing ?? randomUUID();
  return services.db.transaction().execute(async (trx) => {
    const before = await lockPigmentSet(trx, tenantId, setId);
    if (existing !== undefined && before === 0) return noSuchSet;
    const set = await insertPigmentSet(trx, {
      tenant_id: tenantId,
      set_id: setId,
      version: before + 1,
      document,
      created_at: services.clock.now(),
      created_by: actor.staffId,
    });
    const { version, name, kind, doseCalibrated, pigmentCount } = set;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'pigments.saved',
      subject: { kind: 'pigment-set', id: setId },
      change: { after: { version, name, kind, doseCalibrated, pigmentCount } },
    });
    return { ok: true as const, set };
  });
}

export async function listPigmentSets(
  services: StockServices,
  actor: Actor,
): Promise<{ ok: true; sets: readonly PigmentSetSummary[] } | StockRefusal> {
  if (!can(actor.role, 'stock.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const sets = await selectPigmentSets(trx, actor.tenantId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'pigments.listed',
      subject: { kind: 'tenant', id: actor.tenantId },
    });
    return { ok: true as const, sets };
  });
}

export interface MeasuredPigment {
  readonly setId: string;
  readonly setName: string;
  readonly id: string;
  readonly name: string;
}

/** Every pigment of the newest version of every set, for saying which of them a bottle is. */
export async function listMeasuredPigments(
  services: StockServices,
  actor: Actor,
): Promise<{ ok: true; pigments: readonly MeasuredPigment[] } | StockRefusal> {
  const listed = await listPigmentSets(services, actor);
  if (!listed.ok) return listed;
  const pigments: MeasuredPigment[] = [];
  for (const { setId, name: setName } of listed.sets) {
    const stored = await selectPigmentSet(services.db, actor.tenantId, setId);
    const parsed = stored && parsePigments(stored.document);
    if (!parsed?.ok) continue;
    pigments.push(...parsed.set.pigments.map(({ id, name }) => ({ setId, setName, id, name })));
  }
  return { ok: true, pigments };
}

export async function readPigmentSet(
  services: StockServices,
  actor: Actor,
  setId: string,
  version?: number,
): Promise<{ ok: true; set: PigmentSetSummary; document: string } | StockRefusal> {
  if (!can(actor.role, 'stock.read')) return notAllowed;
  if (!isUuid(setId)) return noSuchSet;
  return services.db.transaction().execute(async (trx) => {
    const stored = await selectPigmentSet(trx, actor.tenantId, setId, version);
    if (!stored) return noSuchSet;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'pigments.read',
      subject: { kind: 'pigment-set', id: setId },
      change: { after: { version: stored.set.version } },
    });
    return { ok: true as const, ...stored };
  });
}

/** Only a finished document is kept: a table of drawdowns says neither its kind nor its source. */
function documentProblem(document: string): StockRefusal | undefined {
  if (Buffer.byteLength(document) > mostDocumentBytes) {
    return {
      ok: false,
      reason: 'set-too-large',
      message: 'The set is larger than 1 MB; save fewer pigments in one set.',
      field: 'document',
    };
  }
  if (!document.startsWith('{')) {
    return {
      ok: false,
      reason: 'wrong-format',
      message: 'The set is no undertone/pigments document; derive it from the drawdowns first.',
      field: 'document',
    };
  }
  const parsed = parsePigments(document);
  if (!parsed.ok) return parsed;
  const { name, kind } = JSON.parse(document) as { readonly name?: unknown; readonly kind?: unknown };
  if (typeof name !== 'string' || name.trim() === '' || name.length > longestName) {
    return {
      ok: false,
      reason: 'no-name',
      message: `The set needs a name of at most ${longestName} characters.`,
      field: 'name',
    };
  }
  if (kind !== 'ink' && kind !== 'paint') {
    return {
      ok: false,
      reason: 'bad-pigments',
      message: 'kind must be "ink" or "paint": say what was drawn down.',
      field: 'kind',
    };
  }
  return undefined;
}

const noSuchSet: StockRefusal = {
  ok: false,
  reason: 'no-such-set',
  message: 'There is no such pigment set.',
  field: 'setId',
};
