/** A column whose values are sealed with the master key, and how each value says for what and where. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the key, by which one row is found again. */
  readonly key: readonly string[];
  readonly purpose: string;
  /** SQL of the context a value is bound to. */
  readonly context: string;
  /** A column that names the master key beside the value, where there is one. */
  readonly names?: string;
}

/**
 * Every sealed column of the database: a change of the master key seals each value anew. A test compares this list with
 * the purposes named in the sources.
 */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'files',
    column: 'wrapped_key',
    key: ['tenant_id', 'id'],
    purpose: 'file-key',
    context: 'key',
    names: 'master_key_id',
  },
  { table: 'staff', column: 'totp_sealed', key: ['tenant_id', 'id'], purpose: 'totp', context: 'id::text' },
  {
    table: 'message_settings',
    column: 'webhook_secret',
    key: ['tenant_id'],
    purpose: 'webhook-secret',
    context: 'tenant_id::text',
  },
  {
    table: 'document_seals',
    column: 'sealed_key',
    key: ['tenant_id', 'id'],
    purpose: 'document-seal',
    context: "tenant_id::text || ' ' || id::text",
  },
];
