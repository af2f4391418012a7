// How many files there are and whose: keys name the plan, export, picture or project a file belongs to, and that names the
// organization. Files are listed from the store itself, so that orphans are counted too.
import type { AdminStorage, StorageShare } from '../../../contract/admin.ts';
import type { Deps } from '../context.ts';
import { ownersOfFiles } from './sql.ts';

/** More than this is told as "more than": listing a bucket takes a request for every thousand. */
const MOST_FILES = 100_000;
const FRESH_MS = 60_000;

const ID = /(?:^|\/)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?=[./]|$)/;

let kept: { of: Deps['files']; at: number; answer: Promise<AdminStorage> } | undefined;

/** Counted anew at most once a minute. */
export function storageOf(deps: Deps): Promise<AdminStorage> {
  if (kept?.of === deps.files && Date.now() - kept.at < FRESH_MS) return kept.answer;
  const answer = count(deps);
  kept = { of: deps.files, at: Date.now(), answer };
  answer.catch(() => {
    kept = undefined;
  });
  return answer;
}

interface Sums {
  files: number;
  hot_bytes: number;
  cold_bytes: number;
}

async function count({ files, postgres }: Deps): Promise<AdminStorage> {
  const total: Sums = { files: 0, hot_bytes: 0, cold_bytes: 0 };
  const byId = new Map<string, Sums>();
  let more = false;
  for await (const file of files.list('')) {
    if (total.files >= MOST_FILES) {
      more = true;
      break;
    }
    const id = ID.exec(file.key)?.[1] ?? '';
    const own = byId.get(id) ?? { files: 0, hot_bytes: 0, cold_bytes: 0 };
    byId.set(id, own);
    for (const sums of [total, own]) {
      sums.files += 1;
      sums[file.tier === 'hot' ? 'hot_bytes' : 'cold_bytes'] += file.size;
    }
  }
  const owners = await postgres.asSystem((tx) =>
    ownersOfFiles(
      tx,
      [...byId.keys()].filter((id) => id !== ''),
    ),
  );
  const ownerOf = new Map(owners.map((row) => [row.id, row]));
  const shares = new Map<string, StorageShare>();
  for (const [id, sums] of byId) {
    const owner = ownerOf.get(id);
    const organization = owner === undefined ? 'No project' : (owner.name ?? 'Without organization');
    const key = owner?.organization_id ?? organization;
    const share = shares.get(key) ?? {
      organization_id: owner?.organization_id ?? null,
      organization,
      files: 0,
      hot_bytes: 0,
      cold_bytes: 0,
    };
    shares.set(key, share);
    share.files += sums.files;
    share.hot_bytes += sums.hot_bytes;
    share.cold_bytes += sums.cold_bytes;
  }
  const size = (share: StorageShare) => share.hot_bytes + share.cold_bytes;
  return { mode: files.mode, ...total, more, shares: [...shares.values()].sort((a, b) => size(b) - size(a)) };
}
