import type { Client } from 'pg';

/**
 * Tables that the kit keeps in every department's database: submissions by their keys, events to send and received,
 * and when jobs are due. Their names begin with `_linli_`.
 */
const tables = `
CREATE TABLE IF NOT EXISTS _linli_idempotency (
  subject TEXT NOT NULL, mutation TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, made TEXT,
  at TIMESTAMPTZ NOT NULL DEFAULT now(), PRIMARY KEY (subject, mutation, key));
CREATE INDEX IF NOT EXISTS _linli_idempotency_at ON _linli_idempotency (at);
CREATE TABLE IF NOT EXISTS _linli_outbox (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, data JSONB NOT NULL,
  at TIMESTAMPTZ NOT NULL, sent_at TIMESTAMPTZ);
CREATE INDEX IF NOT EXISTS _linli_outbox_unsent ON _linli_outbox (seq) WHERE sent_at IS NULL;
CREATE INDEX IF NOT EXISTS _linli_outbox_sent ON _linli_outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS _linli_inbox (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS _linli_dead_event (
  id TEXT PRIMARY KEY, event JSONB NOT NULL, reason TEXT NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS _linli_job (
  name TEXT PRIMARY KEY, due_at TIMESTAMPTZ NOT NULL DEFAULT now(), finished_at TIMESTAMPTZ, failures INTEGER NOT NULL DEFAULT 0)`;

/** Makes them where they are missing. Callers hold the database's lock. */
export async function keepBooks(client: Client): Promise<void> {
  await client.query(tables);
}
