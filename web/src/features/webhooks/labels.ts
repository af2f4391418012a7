// What happened, in words.
import { humanize } from '../../ui/units.ts';

const LABELS: Record<string, string> = {
  ping: 'Test',
  'project.approved': 'A project is approved',
  'project.changes_requested': 'Changes are asked for',
  'recommendation.ready': 'A recommendation is ready',
  'budget.selected': 'A budget is selected',
  'export.ready': 'A file is ready',
};

export function typeLabel(type: string): string {
  return LABELS[type] ?? humanize(type.replaceAll('.', ' '));
}
