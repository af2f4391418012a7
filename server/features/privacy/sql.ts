// Queries on a person's data, all as the system: they reach across tenants by nature.
import { sql } from 'kysely';
import type { ErasurePreview, ErasureStep } from '../../../contract/privacy.ts';
import { asOwner, type Tx } from '../../platform/postgres.ts';
import { NOT_COPIED, REFERENCES, type Reference } from './references.ts';

export async function findPerson(tx: Tx, key: { id: string } | { email: string }) {
  const query = tx.selectFrom('users').select(['id', 'email', 'first_name', 'last_name', 'deleted_at']);
  return await ('id' in key
    ? query.where('id', '=', key.id)
    : query.where('email', '=', key.email)
  ).executeTakeFirst();
}

type Row = Record<string, unknown>;

/** The account itself, without its secrets. */
export async function accountOf(tx: Tx, userId: string): Promise<Row> {
  const { rows } = await sql<{
    row: Row;
  }>`SELECT to_jsonb(u) AS row FROM users u WHERE id = ${userId}`.execute(tx);
  return withoutSecrets(rows[0]?.row ?? {});
}

/** Rows that point to the person through this reference, oldest first where the table knows. */
export async function rowsOf(tx: Tx, { table, column }: Reference, userId: string): Promise<Row[]> {
  const { rows } = await sql<{ row: Row }>`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t
    WHERE ${sql.ref(`t.${column}`)} = ${userId} ORDER BY to_jsonb(t)->>'created_at' NULLS FIRST`.execute(tx);
  return rows.map(({ row }) => withoutSecrets(row));
}

/** What was said in the person's conversations, their words and the answers. */
export async function messagesOf(tx: Tx, userId: string): Promise<Row[]> {
  const { rows } = await sql<{ row: Row }>`SELECT to_jsonb(m) AS row FROM conversation_messages m
    JOIN conversations c ON c.id = m.conversation_id
    WHERE c.user_id = ${userId} OR m.author_id = ${userId} ORDER BY m.created_at, m.id`.execute(tx);
  return rows.map(({ row }) => row);
}

/** Invitations and decisions on shared proposals under the person's address. */
export async function rowsByAddress(
  tx: Tx,
  table: 'invitations' | 'share_decisions',
  email: string,
): Promise<Row[]> {
  const { rows } = await sql<{ row: Row }>`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t
    WHERE lower(t.email) = ${email.toLowerCase()}`.execute(tx);
  return rows.map(({ row }) => withoutSecrets(row));
}

function withoutSecrets(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !NOT_COPIED.test(name)));
}

/** Plans the person uploaded that are still there. */
export async function uploadsOf(tx: Tx, userId: string) {
  return await tx
    .selectFrom('floor_plans')
    .select(['id', 'file_name', 'file_url'])
    .where('uploaded_by', '=', userId)
    .where('deleted_at', 'is', null)
    .where('file_tier', '<>', 'deleted')
    .orderBy('created_at')
    .execute();
}

/** Files that the person uploaded and that revised ones replaced. */
export async function replacedUploadsOf(tx: Tx, userId: string) {
  return await tx
    .selectFrom('floor_plan_revisions')
    .select(['id', 'file_name', 'file_url'])
    .where('uploaded_by', '=', userId)
    .orderBy('created_at')
    .execute();
}

/** What erasing would take along or hand over, and what stands in its way. */
export async function previewErasure(
  tx: Tx,
  userId: string,
): Promise<Omit<ErasurePreview, 'user_id' | 'email'>> {
  const { rows: organizations } = await sql<{
    id: string;
    name: string;
    alone: boolean;
    only_owner: boolean;
  }>`
    SELECT o.id, o.name,
      NOT EXISTS (SELECT 1 FROM organization_members x WHERE x.organization_id = o.id AND x.user_id <> m.user_id) AS alone,
      m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM organization_members x WHERE x.organization_id = o.id
        AND x.user_id <> m.user_id AND x.role = 'owner') AS only_owner
    FROM organization_members m JOIN organizations o ON o.id = m.organization_id
    WHERE m.user_id = ${userId} ORDER BY o.name, o.id`.execute(tx);
  const alone = organizations.filter((one) => one.alone);
  const { rows: projects } = await sql<{ id: string; name: string; to: string | null; held: boolean }>`
    SELECT p.id, p.name, u.id::text AS "to",
      EXISTS (SELECT 1 FROM legal_holds h WHERE h.released_at IS NULL AND (
        (h.scope = 'project' AND h.subject_id = p.id) OR (h.scope = 'organization' AND h.subject_id = p.organization_id))) AS held
    FROM projects p
    LEFT JOIN LATERAL (
      SELECT x.user_id AS id FROM (
        SELECT m.user_id, array_position(ARRAY['owner', 'admin', 'member'], m.role::text) AS rank, m.joined_at AS since
        FROM organization_members m WHERE m.organization_id = p.organization_id AND m.role <> 'viewer'
        UNION ALL
        SELECT c.user_id, 3 + array_position(ARRAY['owner', 'editor'], c.role::text), c.invited_at
        FROM project_collaborators c WHERE c.project_id = p.id AND c.role IN ('owner', 'editor')
      ) x JOIN users ux ON ux.id = x.user_id AND ux.status = 'active' AND ux.deleted_at IS NULL
      WHERE x.user_id <> ${userId} ORDER BY x.rank, x.since LIMIT 1
    ) u ON true
    WHERE p.owner_id = ${userId} OR p.organization_id = ANY (${alone.map((one) => one.id)}::uuid[])
    ORDER BY p.name, p.id`.execute(tx);
  const deleted = projects.filter((one) => one.to === null);
  const { rows: heldWords } = await sql<{ id: string; name: string }>`
    SELECT p.id, p.name FROM projects p JOIN legal_holds h ON h.released_at IS NULL AND (
      (h.scope = 'project' AND h.subject_id = p.id) OR (h.scope = 'organization' AND h.subject_id = p.organization_id))
    WHERE EXISTS (SELECT 1 FROM conversation_messages m JOIN conversations c ON c.id = m.conversation_id
        WHERE c.project_id = p.id AND m.author_id = ${userId})
      OR EXISTS (SELECT 1 FROM comments m WHERE m.project_id = p.id AND m.author_id = ${userId})
      OR EXISTS (SELECT 1 FROM recommendation_feedback f JOIN recommendations r ON r.id = f.recommendation_id
        WHERE r.project_id = p.id AND f.user_id = ${userId})
      OR EXISTS (SELECT 1 FROM project_versions v WHERE v.project_id = p.id AND v.created_by = ${userId})
    GROUP BY p.id, p.name ORDER BY p.name, p.id`.execute(tx);
  const { rows: holds } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM legal_holds
    WHERE released_at IS NULL AND scope = 'user' AND subject_id = ${userId}`.execute(tx);
  const names = await tx
    .selectFrom('users')
    .select(['id', 'email'])
    .where('id', 'in', [userId, ...projects.flatMap((one) => (one.to === null ? [] : [one.to]))])
    .execute();
  return {
    blocked_by: [
      ...((holds[0]?.n ?? 0) > 0 ? ['The person is under a legal hold; release it first.'] : []),
      ...organizations
        .filter((one) => one.only_owner && !one.alone)
        .map((one) => `${one.name} has no other owner; make one of its members an owner first.`),
      ...deleted
        .filter((one) => one.held)
        .map(
          (one) => `The project ${one.name} would be deleted and is under a legal hold; release it first.`,
        ),
      ...heldWords
        .filter((one) => !deleted.some(({ id }) => id === one.id))
        .map(
          (one) =>
            `The person wrote in the project ${one.name}, which is under a legal hold; release it first.`,
        ),
    ],
    organizations_deleted: alone.map(({ id, name }) => ({ id, name })),
    projects_deleted: deleted.map(({ id, name }) => ({ id, name })),
    projects_handed_over: projects.flatMap(({ id, name, to }) =>
      to === null ? [] : [{ id, name, to: names.find((one) => one.id === to)?.email ?? to }],
    ),
  };
}

export async function handOver(tx: Tx, projectId: string, email: string): Promise<void> {
  await sql`UPDATE projects SET owner_id = (SELECT id FROM users WHERE email = ${email}) WHERE id = ${projectId}`.execute(
    tx,
  );
}

export async function deleteOrganizations(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { numDeletedRows } = await tx.deleteFrom('organizations').where('id', 'in', ids).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Does what the reference says for an erased person; how many rows it met. */
export async function eraseReference(tx: Tx, reference: Reference, userId: string): Promise<number> {
  const { table, column, erase, emptied = {}, only } = reference;
  const where = sql`WHERE ${sql.ref(column)} = ${userId}${only === undefined ? sql`` : sql` AND ${sql.raw(only)}`}`;
  if (erase === 'delete') {
    const { numAffectedRows } = await sql`DELETE FROM ${sql.table(table)} ${where}`.execute(tx);
    return Number(numAffectedRows ?? 0);
  }
  if (erase === 'keep') {
    const { rows } = await sql<{
      n: number;
    }>`SELECT count(*)::int AS n FROM ${sql.table(table)} ${where}`.execute(tx);
    return rows[0]?.n ?? 0;
  }
  const changes = erase === 'clear' ? { [column]: null } : emptied;
  const { numAffectedRows } = await sql`UPDATE ${sql.table(table)} SET ${sql.join(
    Object.entries(changes).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
  )} ${where}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** The account stays as a number that other rows point to, and names nobody. */
export async function emptyAccount(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({
      email: `${userId}@erased.invalid`,
      email_verified_at: null,
      password_hash: null,
      first_name: null,
      last_name: null,
      phone: null,
      company: null,
      title: null,
      google_id: null,
      microsoft_id: null,
      preferences: '{}',
      status: 'inactive',
      last_login_at: null,
      deleted_at: now,
    })
    .where('id', '=', userId)
    .execute();
}

/** Takes the person's address and origin out of the audit log; how many entries it changed. */
export async function scrubAudit(tx: Tx, userId: string, email: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT app_scrub_audit(${userId}, ${email}) AS n`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** What was read from conversations the person wrote in quotes them: the quotes and summaries go, the brief's values stay. */
export async function emptyQuotes(tx: Tx, userId: string): Promise<number> {
  const { numAffectedRows } =
    await sql`UPDATE conversations SET context = coalesce(context, '{}'::jsonb) - 'evidence', summary = NULL, title = NULL
    WHERE user_id = ${userId} OR id IN (SELECT conversation_id FROM conversation_messages WHERE author_id = ${userId})`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

export async function deleteInvitations(tx: Tx, email: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('invitations')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Events on their way that name the person. */
export async function deleteOutbox(tx: Tx, userId: string): Promise<number> {
  const { numAffectedRows } =
    await sql`DELETE FROM event_outbox WHERE payload->>'user_id' = ${userId}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Jobs, done ones too, whose payload holds the person's address: mails above all. */
export async function deleteJobs(tx: Tx, email: string): Promise<number> {
  return await asOwner(tx, async (execute) => {
    const { rows } = await execute(
      'WITH gone AS (DELETE FROM pgboss.job WHERE position($1 IN lower(data::text)) > 0 RETURNING 1) SELECT count(*)::int AS n FROM gone',
      [email.toLowerCase()],
    );
    return (rows[0] as { n: number } | undefined)?.n ?? 0;
  });
}

/** Which references the live schema has: every foreign key to users. */
export async function liveReferences(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass ORDER BY 1`.execute(tx);
  return rows.map((row) => row.name);
}

export const knownReferences = (): string[] =>
  REFERENCES.map(({ table, column }) => `${table}.${column}`).sort();

// Copies

export async function insertExport(
  tx: Tx,
  row: { id: string; user_id: string; created_at: Date; expires_at: Date },
) {
  return await tx.insertInto('person_exports').values(row).returningAll().executeTakeFirstOrThrow();
}
export type ExportRow = Awaited<ReturnType<typeof insertExport>>;

export async function listExports(tx: Tx, userId: string): Promise<ExportRow[]> {
  return await tx
    .selectFrom('person_exports')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
}

export async function findExport(tx: Tx, id: string): Promise<ExportRow | undefined> {
  return await tx.selectFrom('person_exports').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function updateExport(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('person_exports').set(change).where('id', '=', id).execute();
}

export async function exportsPastTheirTime(tx: Tx, now: Date): Promise<ExportRow[]> {
  return await tx
    .selectFrom('person_exports')
    .selectAll()
    .where('expires_at', '<', now)
    .where('status', '<>', 'expired')
    .execute();
}

// Erasures

export async function insertErasure(
  tx: Tx,
  row: { user_id: string; requested_by: string | null; reason: string; requested_at: Date },
) {
  return await tx
    .insertInto('person_erasures')
    .values(row)
    .onConflict((oc) => oc.column('user_id').where('status', '<>', 'done').doNothing())
    .returningAll()
    .executeTakeFirst();
}
export type ErasureRow = NonNullable<Awaited<ReturnType<typeof insertErasure>>>;

export async function findErasure(tx: Tx, id: string): Promise<ErasureRow | undefined> {
  return await tx.selectFrom('person_erasures').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listErasures(tx: Tx): Promise<ErasureRow[]> {
  return await tx
    .selectFrom('person_erasures')
    .selectAll()
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

export async function updateErasure(
  tx: Tx,
  id: string,
  change: Partial<{
    status: string;
    error: string | null;
    file_keys: string[];
    steps: ErasureStep[];
    finished_at: Date;
    backups_gone_by: string;
  }>,
): Promise<void> {
  const { file_keys, steps, ...rest } = change;
  await tx
    .updateTable('person_erasures')
    .set({
      ...rest,
      ...(file_keys === undefined ? {} : { file_keys: JSON.stringify(file_keys) }),
      ...(steps === undefined ? {} : { steps: JSON.stringify(steps) }),
    })
    .where('id', '=', id)
    .execute();
}

/** Persons erased since: events that came late are taken out once more. */
export async function erasedSince(tx: Tx, since: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('person_erasures')
    .select('user_id')
    .where('status', '=', 'done')
    .where('finished_at', '>=', since)
    .execute();
  return rows.map((row) => row.user_id);
}

/** Accounts that their owners closed and whose days of grace are over. */
export async function dueClosures(tx: Tx, now: Date, limit = 500): Promise<string[]> {
  const rows = await tx
    .selectFrom('account_closures')
    .select('user_id')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.user_id);
}
