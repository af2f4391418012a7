// API tokens: made by a person who is signed in, with scopes and an end; shown once, kept as a hash.
import type { z } from 'zod';
import type { CreateApiTokenRequest } from '../../../contract/accounts.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { tellAccessChanged } from '../access.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import * as db from './sql.ts';

const DAY_MS = 86_400_000;

export function makeApiTokens(deps: Deps) {
  const { postgres } = deps;
  return {
    async createApiToken(actor: Actor, request: z.infer<typeof CreateApiTokenRequest>, origin: Origin) {
      if (actor.by.kind !== 'session')
        throw new AppError('forbidden', 'Sign in to make API tokens; a token cannot make another.');
      const token = newToken('ofs_');
      const row = await postgres.asSystem(async (tx) => {
        const made = await db.insertApiToken(tx, {
          user_id: actor.user_id,
          name: request.name,
          token_hash: hashToken(token),
          scopes: request.scopes,
          expires_at: new Date(deps.now().getTime() + request.expires_in_days * DAY_MS),
        });
        await audit(
          tx,
          {
            action: 'api_token.created',
            actor_id: actor.user_id,
            detail: { token_id: made.id, scopes: request.scopes },
          },
          origin,
        );
        return made;
      });
      return { ...toApiToken(row), token };
    },

    async apiTokens(actor: Actor) {
      return (await postgres.withContext(actor, (tx) => db.listApiTokens(tx, actor.user_id))).map(toApiToken);
    },

    async revokeApiToken(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.asSystem(async (tx) => {
        if ((await db.revokeApiToken(tx, actor.user_id, id, deps.now())) === undefined)
          throw notFound('API token');
        await audit(
          tx,
          { action: 'api_token.revoked', actor_id: actor.user_id, detail: { token_id: id } },
          origin,
        );
      });
      await tellAccessChanged(deps.kv, actor.user_id);
    },
  };
}

function toApiToken(row: Awaited<ReturnType<typeof db.insertApiToken>>) {
  return {
    ...row,
    scopes: row.scopes as ('read' | 'write' | 'export')[],
    created_at: iso(row.created_at),
    expires_at: isoOrNull(row.expires_at),
    last_used_at: isoOrNull(row.last_used_at),
  };
}
