import type { Connection } from '../database.ts';

/** The address of an embedded server as a `DATABASE_URL`: a clinic on it has, for all it knows, a server of its own. */
export function serverUrl(connection: Connection, database?: string): string {
  if ('url' in connection) return connection.url;
  const { host, port, user, password } = connection;
  const query = new URLSearchParams({ host, port: String(port) }).toString();
  return `postgres://${user}:${encodeURIComponent(password)}@localhost/${database ?? connection.database}?${query}`;
}
