/**
 * Every row of a person, table by table. Which tables hold anything of a person, and which rows, is said once, where an
 * erasure says it (retention/fates.ts): a table that is new there is in the next export without a line here, and one that
 * is not named there fails a test.
 */
import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import { patientFates } from '../retention/fates.ts';
import type { Subjects } from '../retention/subjects.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Tables with rows of a person that are not given to her, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  idempotency_keys: 'Replies kept for two days so that a request sent twice books once.',
  emergency_reasons: 'Words of staff about several people at once; the clinic tells them when asked.',
  message_opt_outs: 'Keyed hashes: which addresses want no messages.',
  patient_words: 'The words of her name as the search keeps them.',
  audit_patients: 'Numbers of the entries of the log that name several people, her among them.',
  photo_upload_parts: 'Pieces of an upload under way.',
  photo_copies: 'Smaller copies of photographs that are given whole.',
  export_files: 'Pieces of copies like this one.',
  imports: 'Tables of many people that wait to be imported.',
};

/** What an erasure keeps for the accounts and yet belongs to her: her invoices' lines. */
const besides: Readonly<Record<string, (of: Subjects) => ReturnType<typeof sql>>> = {
  patients: (of) => sql`id = any(${[...of.patients]}::uuid[])`,
  invoice_lines: (of) => sql`invoice_id in (select i.id from invoices i where i.tenant_id = t.tenant_id
    and i.patient_id = any(${[...of.patients]}::uuid[]))`,
  package_uses: (of) => sql`patient_id = any(${[...of.patients]}::uuid[])`,
};

/** What only opens doors is no data of anybody's. */
const secretColumns = ['token_hash', 'proof', 'person_key'] as const;

/** The tables an export holds, in order of name. */
export function tablesOfPeople(): readonly string[] {
  const tables = new Set([...patientFates.map(({ table }) => table), ...Object.keys(besides)]);
  return [...tables].filter((table) => !(table in leftOut)).toSorted();
}

export async function rowsOfPerson(
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const all = new Map<string, readonly Row[]>();
  for (const table of tablesOfPeople()) {
    const own = besides[table];
    const conditions = [
      // Where only some rows of a table go early, others of the same person go later: together they are hers.
      ...patientFates.filter((fate) => fate.table === table).map(({ where }) => sql`(${where(subjects)})`),
      ...(own ? [sql`(${own(subjects)})`] : []),
    ];
    const { rows } = await sql<{ row: Row }>`select to_jsonb(t) ${sql.raw(
      secretColumns.map((column) => `- '${column}'`).join(' '),
    )} as row from ${sql.table(table)} t
      where t.tenant_id = ${tenantId} and (${sql.join(conditions, sql` or `)}) order by 1`.execute(trx);
    all.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return all;
}

/** Files that the rows name: by id, with the table and the row they belong to. */
export function filesOf(rows: ReadonlyMap<string, readonly Row[]>): readonly {
  readonly fileId: string;
  readonly table: string;
  readonly row: Row;
  readonly column: string;
}[] {
  const columns = new Map<string, Set<string>>();
  for (const { table, files = [] } of patientFates)
    columns.set(table, new Set([...(columns.get(table) ?? []), ...files]));
  return [...rows].flatMap(([table, list]) =>
    list.flatMap((row) =>
      [...(columns.get(table) ?? [])].flatMap((column) => {
        const fileId = row[column];
        return typeof fileId === 'string' ? [{ fileId, table, row, column }] : [];
      }),
    ),
  );
}
