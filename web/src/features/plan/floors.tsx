// The floors of the building: name, file, rooms and area of each; add, order, replace by a revised file, take out.
import { ArrowDown, ArrowUp, Download, Ellipsis, FileUp, Plus, RotateCcw, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { API } from '../../api/client.ts';
import { isWorking, useAnalyze, useRemoveFloor, useUpdateFloor } from '../../api/floor-plans.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EditableText } from '../../ui/editable.tsx';
import { Select } from '../../ui/field.tsx';
import { Area } from '../../ui/figures.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { PanelSection } from '../../ui/panel.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import type { PlanStage } from './stage.tsx';
import { ACCEPTED } from './upload.tsx';

export function floorName(plan: FloorPlan): string {
  return plan.level_name ?? plan.file_name;
}

export function Floors({ stage }: { stage: PlanStage }) {
  const choose = useRef<HTMLInputElement>(null);
  return (
    <PanelSection
      title="Floors"
      actions={
        stage.may_edit ? (
          <>
            <FileInput
              label="File of another floor"
              input={choose}
              onFile={(file) => stage.upload.start(file)}
            />
            <Button size="sm" variant="quiet" onClick={() => choose.current?.click()}>
              <Plus /> Add a floor
            </Button>
          </>
        ) : null
      }
    >
      <ul className="border-t border-hairline" aria-label="Floors">
        {stage.plans.map((plan, index) => (
          <Floor key={plan.id} plan={plan} index={index} stage={stage} />
        ))}
      </ul>
    </PanelSection>
  );
}

function FileInput(props: {
  label: string;
  input: React.RefObject<HTMLInputElement | null>;
  onFile: (file: File) => void;
}) {
  return (
    <input
      ref={props.input}
      type="file"
      accept={ACCEPTED}
      aria-label={props.label}
      className="sr-only"
      tabIndex={-1}
      onChange={(event) => {
        const file = event.target.files?.[0];
        if (file) props.onFile(file);
        event.target.value = '';
      }}
    />
  );
}

function Floor({ plan, index, stage }: { plan: FloorPlan; index: number; stage: PlanStage }) {
  const { selectFloor } = useSelection();
  const update = useUpdateFloor(stage.project.id);
  const shown = plan.id === stage.plan?.id;
  const twin = stage.plans.find((other) => other.id === plan.same_file_as);
  return (
    <li
      className={cx('border-b border-hairline py-2 text-sm', shown && 'shadow-[inset_3px_0_0_var(--accent)]')}
    >
      <div className="flex items-center gap-3 pl-3">
        <div className="min-w-0 flex-1">
          <div className="flex min-w-0 items-center gap-2 font-medium">
            {stage.may_edit ? (
              <EditableText
                label="Name of the floor"
                value={plan.level_name ?? ''}
                placeholder="Name this floor"
                maxLength={100}
                onSave={(level_name) =>
                  update.mutate(
                    { id: plan.id, change: { level_name } },
                    { onError: toastProblem('The name was not saved') },
                  )
                }
              />
            ) : (
              floorName(plan)
            )}
            {plan.file_revision > 1 ? <Badge>revision {plan.file_revision}</Badge> : null}
          </div>
          <button
            type="button"
            aria-pressed={shown}
            onClick={() => selectFloor(plan.id)}
            className="block max-w-full truncate text-left text-xs text-ink-3 hover:text-ink"
          >
            {shown ? 'On the sheet: ' : 'Show '}
            {plan.file_name}
          </button>
        </div>
        <p className="shrink-0 text-right text-ink-2">
          {isWorking(plan) ? (
            `${plan.progress_pct} %`
          ) : plan.status === 'failed' && plan.space_count === 0 ? (
            'not read'
          ) : (
            <>
              {formatCount(plan.space_count)} rooms
              <span className="block text-xs text-ink-3">
                <Area sqft={plan.total_area_sqft} />
              </span>
            </>
          )}
        </p>
        {stage.may_edit ? <FloorMenu plan={plan} index={index} stage={stage} /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 pl-3">
        {plan.pages !== null && plan.pages > 1 && stage.may_edit ? <Pages plan={plan} stage={stage} /> : null}
        {twin ? (
          <p className="mt-1 text-xs text-warn">
            The very same file as {floorName(twin)}: together they furnish every room twice.
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Pages({ plan, stage }: { plan: FloorPlan; stage: PlanStage }) {
  const analyze = useAnalyze(stage.project.id);
  return (
    <Select
      aria-label={`Page of ${plan.file_name}`}
      controlSize="sm"
      className="mt-1"
      value={plan.page ?? 1}
      disabled={isWorking(plan) || analyze.isPending}
      onChange={(event) =>
        analyze.mutate(
          { id: plan.id, options: { page: Number(event.target.value) } },
          { onError: toastProblem('The page was not read') },
        )
      }
    >
      {Array.from({ length: plan.pages ?? 1 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages are their number.
        <option key={at} value={at + 1}>
          Page {at + 1} of {plan.pages}
        </option>
      ))}
    </Select>
  );
}

function FloorMenu({ plan, index, stage }: { plan: FloorPlan; index: number; stage: PlanStage }) {
  const update = useUpdateFloor(stage.project.id);
  const analyze = useAnalyze(stage.project.id);
  const remove = useRemoveFloor(stage.project.id);
  const choose = useRef<HTMLInputElement>(null);
  const move = (level_index: number) =>
    update.mutate(
      { id: plan.id, change: { level_index } },
      { onError: toastProblem('The order was not saved') },
    );
  // As promises: this row is gone from the screen before the answer is there.
  const comeBack = () =>
    remove.mutateAsync({ id: plan.id, restore: true }).catch(toastProblem('The floor did not come back'));
  const takeOut = () =>
    remove
      .mutateAsync({ id: plan.id })
      .then(() =>
        toast(`${floorName(plan)} was taken out, with its ${formatCount(plan.space_count)} rooms`, {
          action: { label: 'Undo', onSelect: () => void comeBack() },
        }),
      )
      .catch(toastProblem('The floor was not taken out'));
  return (
    <>
      <FileInput
        label={`Revised file of ${floorName(plan)}`}
        input={choose}
        onFile={(file) => stage.upload.start(file, plan.id)}
      />
      <Menu
        trigger={
          <IconButton label={`Actions for ${floorName(plan)}`} size="sm">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<FileUp />} disabled={isWorking(plan)} onSelect={() => choose.current?.click()}>
          Replace by a revised file
        </MenuItem>
        <MenuItem
          icon={<RotateCcw />}
          disabled={isWorking(plan)}
          onSelect={() =>
            analyze.mutate(
              { id: plan.id, options: {} },
              { onError: toastProblem('The reading did not start') },
            )
          }
        >
          Read again
        </MenuItem>
        <MenuItem
          icon={<Download />}
          onSelect={() => window.location.assign(`${API}/floor-plans/${plan.id}/file`)}
        >
          Download the file
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<ArrowUp />} disabled={index === 0} onSelect={() => move(index - 1)}>
          Move up
        </MenuItem>
        <MenuItem
          icon={<ArrowDown />}
          disabled={index === stage.plans.length - 1}
          onSelect={() => move(index + 1)}
        >
          Move down
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => void takeOut()}>
          Take out of the project
        </MenuItem>
      </Menu>
    </>
  );
}
