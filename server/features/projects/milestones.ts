// Automatic versions: whenever a project passes a milestone (plan read, furniture recommended from the brief, recommendation
// chosen, scenario selected) its state is kept, in the transaction that passed it.
import type { Tx } from '../../platform/postgres.ts';
import { keepVersion } from './snapshots.ts';
import { milestonesOf, saveMarks } from './sql/versions.ts';

export async function keepMilestone(tx: Tx, projectId: string): Promise<void> {
  const { marks, kept, writable, user_id, rooms, scenario } = await milestonesOf(tx, projectId);
  const passed = Object.keys(marks).filter((name) => marks[name] !== (kept?.[name] ?? ''));
  if (passed.length === 0 || !writable) return;
  await saveMarks(tx, projectId, marks);
  const said = passed
    .map((name) => (marks[name] === '' ? null : sentence(name, rooms, scenario)))
    .filter(Boolean);
  // Something taken away is no milestone; what stood before is in the version that reached it.
  if (said.length === 0) return;
  await keepVersion(tx, projectId, {
    kind: 'automatic',
    summary: said.join('; '),
    created_by: user_id,
    onlyIfNew: true,
  });
}

/** Marks what stands now as reached, without a version of its own. */
export async function markReached(tx: Tx, projectId: string): Promise<void> {
  await saveMarks(tx, projectId, (await milestonesOf(tx, projectId)).marks);
}

function sentence(name: string, rooms: number, scenario: string | null): string {
  switch (name) {
    case 'plan':
      return `Plan read: ${rooms.toLocaleString('en-US')} ${rooms === 1 ? 'room' : 'rooms'}`;
    case 'recommendation':
      return 'Brief confirmed and furnished';
    case 'chosen':
      return 'Recommendation chosen';
    default:
      return `${scenario ?? 'Scenario'} selected`;
  }
}
