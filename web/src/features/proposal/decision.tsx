// Approve, complete, reopen: where the project stands, in words, and the steps from there. Approving keeps a version.
import type { Project } from '../../../../contract/projects.ts';
import { useUpdateProject } from '../../api/projects.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';

type Status = Project['status'];

interface Step {
  label: string;
  /** In this order: a draft is opened before it is approved. */
  through: Status[];
  told: string;
}

const OPEN =
  'Approving keeps the plan, the brief and the bill as a version to compare with and to go back to.';
const APPROVE = { label: 'Approve', told: 'Approved. This state is kept as a version.' };
const REOPEN: Step = {
  label: 'Set back to in progress',
  through: ['in_progress'],
  told: 'In progress again.',
};

const STANDING: Record<Status, { words: string; steps: Step[] }> = {
  draft: { words: OPEN, steps: [{ ...APPROVE, through: ['in_progress', 'approved'] }] },
  in_progress: { words: OPEN, steps: [{ ...APPROVE, through: ['approved'] }] },
  approved: {
    words:
      'The bill stays as it was agreed: no order file changes it until the project is in progress again.',
    steps: [
      { label: 'Mark as completed', through: ['completed'], told: 'The project is completed.' },
      REOPEN,
    ],
  },
  completed: {
    words: 'Delivered and installed.',
    steps: [{ label: 'Set back to approved', through: ['approved'], told: 'Approved, not completed.' }],
  },
  archived: { words: 'Put away; its files and versions are kept.', steps: [REOPEN] },
};

export function Decision({ project, hasBill }: { project: Project; hasBill: boolean }) {
  const update = useUpdateProject(project.id);
  const { words, steps } = STANDING[project.status];
  const take = async ({ through, told }: Step) => {
    try {
      for (const status of through) await update.mutateAsync({ status });
      toast(told);
    } catch (error) {
      toastProblem('The project stays as it is')(error);
    }
  };
  const early = !hasBill && (project.status === 'draft' || project.status === 'in_progress');
  return (
    <PanelSection title="Decision">
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-ink-2">
          <StatusDot status={project.status} />
          <span className="min-w-0 flex-1 basis-64">
            {early ? 'There is no bill to approve yet; make a recommendation first.' : words}
          </span>
        </p>
        {early ? null : (
          <div className="flex flex-wrap gap-3">
            {steps.map((step, index) => (
              // The first step follows the first: whoever takes it by key keeps the focus for the next.
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no state of its own.
              <Button key={index} data-decide={index} busy={update.isPending} onClick={() => void take(step)}>
                {step.label}
              </Button>
            ))}
          </div>
        )}
      </div>
    </PanelSection>
  );
}
