/** The clinic's record as FHIR in bulk: newline-delimited JSON, by kind of resource, in files of bounded size. */
import { mapContext, mayReadAny, resourcesOf } from '../fhir/commands.ts';
import type { ServedType } from '../fhir/schema.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from '../staff/schema.ts';
import type { BulkWish } from './schema.ts';

/** Resources asked of the database at once. */
const pageSize = 5000;
/** A file is closed once it is so large, in bytes. */
const fileBytes = 16 * 1024 * 1024;

export interface BulkFile {
  readonly type: ServedType;
  /** Counts the files of this type, from 1. */
  readonly part: number;
  readonly resources: number;
  readonly bytes: Buffer;
}

/** File after file, in the order of types. Kinds the role may not see are left out. */
export async function* bulkFiles(
  services: Pick<Services, 'config'>,
  trx: Trx,
  { tenantId, role, branches }: Pick<Actor, 'tenantId' | 'role' | 'branches'>,
  wish: Pick<BulkWish, 'types' | 'since' | 'ofPatients'>,
): AsyncGenerator<BulkFile> {
  const context = mapContext(services, { tenantId, ...(branches !== undefined && { branches }) });
  for (const type of wish.types) {
    if (!mayReadAny(role, type)) continue;
    let lines: string[] = [];
    let bytes = 0;
    let part = 0;
    for (let after: string | undefined; ; ) {
      const page = await resourcesOf(trx, context, role, type, {
        count: pageSize,
        ...(after !== undefined && { after }),
        ...(wish.since !== null && { updated: [{ from: new Date(wish.since) }] }),
        ...(wish.ofPatients && { onlyOfPatients: true }),
      });
      for (const resource of page.resources) {
        const line = `${JSON.stringify(resource)}\n`;
        lines.push(line);
        bytes += Buffer.byteLength(line);
        if (bytes < fileBytes) continue;
        part += 1;
        yield { type, part, resources: lines.length, bytes: Buffer.from(lines.join('')) };
        lines = [];
        bytes = 0;
      }
      after = page.after;
      if (after === undefined) break;
    }
    if (lines.length > 0) {
      part += 1;
      yield { type, part, resources: lines.length, bytes: Buffer.from(lines.join('')) };
    }
  }
}
