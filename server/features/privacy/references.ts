// Where the database speaks of a person: every column that points to an account, and what becomes of its row when the
// person is erased. A test holds this list against the live schema, so that a new table cannot be forgotten.

import { ERASED } from './traces.ts';

export interface Reference {
  table: string;
  column: string;
  /**
   * delete: the rows are the person's alone. words: the rows belong to the work and stay, what the person wrote in them is
   * emptied. keep: the number stays, which then points to an account that names nobody. clear: the number goes too.
   */
  erase: 'delete' | 'words' | 'keep' | 'clear';
  /** For `words`: the columns that are emptied, with what stands there afterwards. */
  emptied?: Record<string, string | null>;
  /** For `delete` and `words`: only rows of which this holds, in SQL. */
  only?: string;
  /** Rows that are in a copy of the person's data; not those that only bear the person's mark. */
  copied: boolean;
}

function mark(table: string, column: string): Reference {
  return { table, column, erase: 'keep', copied: false };
}
function own(table: string, column = 'user_id'): Reference {
  return { table, column, erase: 'delete', copied: true };
}

export const REFERENCES: readonly Reference[] = [
  own('account_closures'),
  own('api_tokens'),
  {
    ...own('conversations'),
    // One in which others wrote too stays, without this person's words.
    only: 'NOT EXISTS (SELECT 1 FROM conversation_messages m WHERE m.conversation_id = conversations.id AND m.author_id <> conversations.user_id)',
  },
  own('idempotency_keys'),
  own('known_devices'),
  own('one_time_tokens'),
  own('organization_members'),
  own('person_exports'),
  own('project_collaborators'),
  own('sessions'),
  own('user_roles'),
  // Handed over or deleted before: see sql.ts.
  { table: 'projects', column: 'owner_id', erase: 'keep', copied: true },
  { table: 'ai_model_metrics', column: 'user_id', erase: 'clear', copied: true },
  { table: 'audit_log', column: 'actor_id', erase: 'keep', copied: true },
  {
    table: 'comments',
    column: 'author_id',
    erase: 'words',
    emptied: { body: ERASED, author_name: ERASED },
    copied: true,
  },
  {
    table: 'conversation_messages',
    column: 'author_id',
    erase: 'words',
    emptied: { content: ERASED, entities: '[]' },
    copied: false,
  },
  {
    table: 'recommendation_feedback',
    column: 'user_id',
    erase: 'words',
    emptied: { feedback_text: null },
    copied: true,
  },
  { ...mark('floor_plans', 'uploaded_by'), copied: true },
  { ...mark('renders', 'created_by'), copied: true },
  { ...mark('exports', 'created_by'), copied: true },
  {
    table: 'project_versions',
    column: 'created_by',
    erase: 'words',
    emptied: { change_summary: ERASED },
    only: "kind = 'named' AND change_summary IS NOT NULL",
    copied: true,
  },
  { ...mark('catalog_imports', 'started_by'), copied: true },
  mark('catalog_price_lists', 'created_by'),
  mark('comments', 'resolved_by'),
  { ...mark('floor_plan_edits', 'created_by'), copied: true },
  { ...mark('floor_plan_revisions', 'uploaded_by'), copied: true },
  { ...mark('happenings', 'actor_id'), copied: true },
  mark('invitations', 'invited_by'),
  { ...mark('legal_holds', 'created_by'), copied: true },
  mark('legal_holds', 'released_by'),
  { ...mark('ml_training_data', 'verified_by'), copied: true },
  { ...mark('organization_branding', 'updated_by'), copied: true },
  { ...mark('organization_buy_terms', 'updated_by'), copied: true },
  mark('organization_learning', 'updated_by'),
  mark('project_collaborators', 'invited_by'),
  { ...mark('project_terms', 'updated_by'), copied: true },
  mark('ranking_runs', 'requested_by'),
  { ...mark('recommendation_changes', 'created_by'), copied: true },
  { ...mark('recommendations', 'created_by'), copied: true },
  mark('retention_policies', 'updated_by'),
  mark('retention_runs', 'requested_by'),
  { ...mark('share_links', 'created_by'), copied: true },
  { ...mark('sif_imports', 'created_by'), copied: true },
  { ...mark('spaces', 'reviewed_by'), copied: true },
  mark('user_roles', 'granted_by'),
  { ...mark('webhook_endpoints', 'created_by'), copied: true },
];

/** Columns that never leave the database: secrets, and vectors and readings that say nothing to a person. */
export const NOT_COPIED =
  /hash|secret|embedding|search_text|search_vector|^response$|^file_key$|^link_|logo_base64|^input_features$/;
