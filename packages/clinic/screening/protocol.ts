/*
 * The versions of what a clinic screens by.
 *
 *   protocolNow(db, tenantId)                     what is in force, for every command that weighs answers
 *   gatesAsked(services, tenantId)                the clinic's own gates, for the pages that ask a visitor or a patient
 *   signedProtocol(services, trx, tenantId)       the same, kept as a version that a signature can name
 *   protocolVersion(db, tenantId, version)        one version, as it was
 *   readProtocols(services, actor)                { ok: true, inForce, newest, versions } for the page
 *   saveGate, saveSpot(services, actor, …)        a new version: in force at once, or a draft (protocol-rules.ts says when)
 *   reviewProtocol(services, actor, version)      a physician has read the draft: it is in force
 */
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { canonicalJson } from '../audit/rules.ts';
import { asTenant, type Db, type Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { language as languages } from '../tenant/schema.ts';
import { findForbiddenWords } from '../visitor/rules.ts';
import {
  type GateChange,
  gateChange,
  laxities,
  reviewed,
  type ScreeningProtocol,
  type SpotChange,
  shippedProtocol,
  spotChange,
  withGate,
  withSpot,
  wordsDiffer,
} from './protocol-rules.ts';
import type { ScreeningRefusal } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    screening_protocols: ProtocolsTable;
  }
}

interface ProtocolsTable {
  tenant_id: string;
  version: number;
  content: string;
  sha256: Buffer;
  is_in_force: boolean;
  review_state: 'unreviewed' | 'reviewed';
  about: string;
  created_at: Date;
  created_by: string | null;
}

export interface StoredProtocol {
  readonly version: number;
  readonly sha256: string;
  readonly isInForce: boolean;
  readonly reviewState: 'unreviewed' | 'reviewed';
  /** Gate or kind of spot; empty: all of it. */
  readonly about: string;
  readonly createdAt: Date;
  readonly createdBy: string | undefined;
  readonly protocol: ScreeningProtocol;
}

type ProtocolServices = Pick<Services, 'db' | 'clock'>;

/** What came with the program counts until the clinic has a version of its own in force; a newer program brings its own. */
export async function protocolNow(db: Db, tenantId: string): Promise<ScreeningProtocol> {
  return (await newest(db, tenantId, true))?.protocol ?? shippedProtocol();
}

/** What is asked, and what it leads to, is public: no actor. Undefined while the program's own gates count. */
export function gatesAsked(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<Pick<ScreeningProtocol, 'gates' | 'words'> | undefined> {
  return asTenant(services.db, tenantId, async (trx) => {
    const own = await newest(trx, tenantId, true);
    return own && { gates: own.protocol.gates, words: own.protocol.words };
  });
}

export async function signedProtocol(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
): Promise<StoredProtocol> {
  await lockVersions(trx, tenantId);
  const own = await newest(trx, tenantId, true);
  if (own !== undefined) return own;
  const protocol = shippedProtocol();
  const content = canonicalJson(plain(protocol));
  const known = await trx
    .selectFrom('screening_protocols')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('created_by', 'is', null)
    .where('sha256', '=', hashOf(content))
    .executeTakeFirst();
  if (known !== undefined) return storedOf(known);
  return insert(services, trx, tenantId, {
    version: await nextVersion(trx, tenantId),
    protocol,
    isInForce: true,
    reviewState: 'unreviewed',
    about: '',
    createdBy: null,
  });
}

export async function protocolVersion(
  db: Db,
  tenantId: string,
  version: number,
): Promise<StoredProtocol | undefined> {
  const row = await db
    .selectFrom('screening_protocols')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && storedOf(row);
}

export interface Protocols {
  /** What answers are weighed by today. */
  readonly inForce: ScreeningProtocol;
  /** What the next change begins from: the draft where there is one. */
  readonly latest: ScreeningProtocol;
  /** Number of the newest version that somebody made; 0 when nobody has. */
  readonly version: number;
  /** Whether that version waits for a review. */
  readonly isDraft: boolean;
  /** Where the draft is laxer than what is in force. */
  readonly laxer: readonly string[];
  /** Newest first. */
  readonly versions: readonly Omit<StoredProtocol, 'protocol'>[];
}

export async function readProtocols(
  services: ProtocolServices,
  actor: Actor,
): Promise<{ ok: true; protocols: Protocols } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.read')) return notAllowed;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const inForce = await protocolNow(trx, actor.tenantId);
    const latest = await newest(trx, actor.tenantId, false);
    const isDraft = latest !== undefined && !latest.isInForce;
    const rows = await trx
      .selectFrom('screening_protocols')
      .selectAll()
      .where('tenant_id', '=', actor.tenantId)
      .orderBy('version', 'desc')
      .limit(100)
      .execute();
    return {
      ok: true as const,
      protocols: {
        inForce,
        latest: isDraft ? latest.protocol : inForce,
        version: latest?.version ?? 0,
        isDraft,
        laxer: isDraft ? laxities(inForce, latest.protocol) : [],
        versions: rows.map((row) => {
          const { protocol: _, ...rest } = storedOf(row);
          return rest;
        }),
      },
    };
  });
}

type Saved = { ok: true; version: number; isInForce: boolean } | ScreeningRefusal;

/** @param basedOn number of the newest version of somebody's that its writer saw */
export function saveGate(
  services: ProtocolServices,
  actor: Actor,
  basedOn: number,
  change: GateChange,
): Promise<Saved> {
  const parsed = gateChange.safeParse(change);
  if (!parsed.success) return Promise.resolve(badForm(parsed.error));
  for (const language of languages.options) {
    for (const field of ['question', 'reason'] as const) {
      const [promise] = findForbiddenWords(parsed.data.words[language][field], language);
      if (promise === undefined) continue;
      const message = `“${promise.word}” promises what nobody can keep; say it without.`;
      return Promise.resolve({
        ok: false,
        reason: 'promise-in-text',
        message,
        field: `words.${language}.${field}`,
      });
    }
  }
  return save(services, actor, basedOn, parsed.data.gate, (protocol) => ({
    ok: true,
    protocol: withGate(protocol, parsed.data),
  }));
}

export function saveSpot(
  services: ProtocolServices,
  actor: Actor,
  basedOn: number,
  change: SpotChange,
): Promise<Saved> {
  const parsed = spotChange.safeParse(change);
  if (!parsed.success) return Promise.resolve(badForm(parsed.error));
  return save(services, actor, basedOn, parsed.data.kind, (protocol) => {
    const made = withSpot(protocol, parsed.data);
    return made.ok
      ? made
      : {
          ok: false,
          reason: 'bad-form',
          message: 'The last moment of a reading lies before its first.',
          field: `until-${made.reading}`,
        };
  });
}

async function save(
  services: ProtocolServices,
  actor: Actor,
  basedOn: number,
  about: string,
  change: (before: ScreeningProtocol) => { ok: true; protocol: ScreeningProtocol } | ScreeningRefusal,
): Promise<Saved> {
  const { tenantId } = actor;
  if (!can(actor.role, 'screening.decide') || !can(actor.role, 'content.write')) return notAllowed;
  return asTenant(services.db, tenantId, async (trx) => {
    await lockVersions(trx, tenantId);
    const latest = await newest(trx, tenantId, false);
    if ((latest?.version ?? 0) !== basedOn) return changedMeanwhile;
    const inForce = await protocolNow(trx, tenantId);
    const isDraft = latest !== undefined && !latest.isInForce;
    const made = change(isDraft ? latest.protocol : inForce);
    if (!made.ok) return made;
    const holds = laxities(inForce, made.protocol).length === 0 && !wordsDiffer(inForce, made.protocol);
    const stored = await insert(services, trx, tenantId, {
      version: await nextVersion(trx, tenantId),
      protocol: made.protocol,
      isInForce: holds,
      reviewState: 'unreviewed',
      about,
      createdBy: actor.staffId,
    });
    await audit(services, trx, actor, 'screening-protocol.saved', stored);
    return { ok: true as const, version: stored.version, isInForce: holds };
  });
}

/** The newest version, read and answered for: the same content, in force. */
export async function reviewProtocol(
  services: ProtocolServices,
  actor: Actor,
  version: number,
): Promise<Saved> {
  const { tenantId } = actor;
  if (!can(actor.role, 'screening.decide') || !can(actor.role, 'content.publish')) return notAllowed;
  return asTenant(services.db, tenantId, async (trx) => {
    await lockVersions(trx, tenantId);
    const latest = await newest(trx, tenantId, false);
    if (latest === undefined || latest.version !== version) return changedMeanwhile;
    const stored = await insert(services, trx, tenantId, {
      version: await nextVersion(trx, tenantId),
      protocol: reviewed(await protocolNow(trx, tenantId), latest.protocol),
      isInForce: true,
      reviewState: 'reviewed',
      about: '',
      createdBy: actor.staffId,
    });
    await audit(services, trx, actor, 'screening-protocol.reviewed', stored);
    return { ok: true as const, version: stored.version, isInForce: true };
  });
}

/**
 * The newest version that somebody of the clinic made. What came with the program is kept among them when it is signed
 * under, which may be after a draft: it hides none.
 * @param inForce only those in force
 */
async function newest(db: Db, tenantId: string, inForce: boolean): Promise<StoredProtocol | undefined> {
  let query = db
    .selectFrom('screening_protocols')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('created_by', 'is not', null);
  if (inForce) query = query.where('is_in_force', '=', true);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row && storedOf(row);
}

/** Numbers run over all versions, whoever made them. */
async function nextVersion(trx: Trx, tenantId: string): Promise<number> {
  const row = await trx
    .selectFrom('screening_protocols')
    .select('version')
    .where('tenant_id', '=', tenantId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.version ?? 0) + 1;
}

/** Versions are made one after another; readers need not wait. */
async function lockVersions(trx: Trx, tenantId: string): Promise<void> {
  await trx
    .selectFrom('tenants')
    .select('tenant_id')
    .where('tenant_id', '=', tenantId)
    .forNoKeyUpdate()
    .execute();
}

async function insert(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  made: Omit<StoredProtocol, 'sha256' | 'createdAt' | 'createdBy'> & { readonly createdBy: string | null },
): Promise<StoredProtocol> {
  const content = canonicalJson(plain(made.protocol));
  const row = {
    tenant_id: tenantId,
    version: made.version,
    content,
    sha256: hashOf(content),
    is_in_force: made.isInForce,
    review_state: made.reviewState,
    about: made.about,
    created_at: services.clock.now(),
    created_by: made.createdBy,
  };
  await trx.insertInto('screening_protocols').values(row).execute();
  return storedOf(row);
}

function storedOf(row: ProtocolsTable): StoredProtocol {
  return {
    version: row.version,
    sha256: row.sha256.toString('hex'),
    isInForce: row.is_in_force,
    reviewState: row.review_state,
    about: row.about,
    createdAt: row.created_at,
    createdBy: row.created_by ?? undefined,
    protocol: JSON.parse(row.content) as ScreeningProtocol,
  };
}

const hashOf = (content: string) => createHash('sha256').update(content).digest();
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function audit(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
  { version, about, isInForce, sha256 }: StoredProtocol,
): Promise<void> {
  return recordAudit(services, trx, {
    ...by(actor),
    action,
    subject: { kind: 'screening-protocol', id: String(version) },
    change: { after: { version, about, isInForce, sha256 } },
  });
}

const notAllowed: ScreeningRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const changedMeanwhile: ScreeningRefusal = {
  ok: false,
  reason: 'protocol-changed',
  message: 'Somebody has saved another version meanwhile; look at theirs first.',
};
