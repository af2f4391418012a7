// The rows of the projects page; narrow screens get two lines a row instead of columns.
import { Link, useNavigate } from '@tanstack/react-router';
import { Copy, Ellipsis, RotateCcw, Stamp, Trash2 } from 'lucide-react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { ProjectListItem } from '../../../../contract/projects.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/figures.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { type Column, type Sort, VirtualTable } from '../../ui/table.tsx';
import { formatAgo, formatPercent } from '../../ui/units.ts';
import { PlanThumbnail } from './thumbnail.tsx';

export interface ProjectTableProps {
  rows: readonly ProjectListItem[];
  sort: Sort;
  onSort: (key: string) => void;
  onEnd: () => void;
  onDelete: (project: ProjectListItem) => void;
  onRestore: (project: ProjectListItem) => void;
  onClone: (project: ProjectListItem) => void;
  onTemplate: (project: ProjectListItem) => void;
}

export function ProjectTable({ rows, sort, onSort, onEnd, ...actions }: ProjectTableProps) {
  const navigate = useNavigate();
  const columns: Column<ProjectListItem>[] = [
    {
      key: 'plan',
      header: <span className="sr-only">Plan</span>,
      width: '5.5rem',
      cell: (project) => <PlanThumbnail floorPlanId={project.deleted_at ? null : project.floor_plan_id} />,
    },
    { key: 'name', header: 'Name', sortable: true, cell: (project) => <Name project={project} /> },
    {
      key: 'status',
      header: 'Status',
      width: '8rem',
      wideOnly: true,
      cell: (project) => <StatusDot status={project.status} />,
    },
    {
      key: 'progress',
      header: 'Progress',
      width: '8.5rem',
      sortable: true,
      wideOnly: true,
      cell: (project) => <ProgressCell project={project} />,
    },
    {
      key: 'budget',
      header: 'Budget against target',
      width: '12.5rem',
      align: 'right',
      sortable: true,
      wideOnly: true,
      cell: (project) => <BudgetCell project={project} />,
    },
    {
      key: 'updated',
      header: 'Updated',
      width: '7.5rem',
      align: 'right',
      sortable: true,
      wideOnly: true,
      cell: (project) => <span className="text-ink-2">{formatAgo(project.updated_at)}</span>,
    },
    {
      key: 'menu',
      header: <span className="sr-only">Actions</span>,
      width: '2.75rem',
      align: 'right',
      cell: (project) => <RowMenu project={project} {...actions} />,
    },
  ];
  return (
    <VirtualTable
      label="Projects"
      className="min-h-0 flex-1 pb-4"
      columns={columns}
      rows={rows}
      rowKey={(project) => project.id}
      rowHeight={64}
      sort={sort}
      onSort={onSort}
      onEnd={onEnd}
      onRowClick={(project) => {
        if (!project.deleted_at) {
          void navigate({ to: '/projects/$projectId', params: { projectId: project.id } });
        }
      }}
    />
  );
}

function Name({ project }: { project: ProjectListItem }) {
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-baseline gap-2">
        {project.deleted_at ? (
          <span className="truncate font-medium">{project.name}</span>
        ) : (
          <Link
            to="/projects/$projectId"
            params={{ projectId: project.id }}
            className="truncate text-base font-medium"
            onClick={(event) => event.stopPropagation()}
          >
            {project.name}
          </Link>
        )}
        {project.is_template ? <Badge>template</Badge> : null}
      </div>
      <div className="flex items-center gap-2 truncate text-ink-3">
        <span className="md:hidden">
          <StatusDot status={project.status} />
        </span>
        <span className="truncate">{project.client_name ?? 'No client yet'}</span>
      </div>
    </div>
  );
}

function ProgressCell({ project }: { project: ProjectListItem }) {
  return (
    <span className="flex items-center gap-2">
      <span className="h-1 w-16 overflow-hidden rounded-full bg-hairline" aria-hidden="true">
        <span className="block h-full bg-ink-2" style={{ width: `${project.progress_pct}%` }} />
      </span>
      <span className="text-ink-2">{formatPercent(project.progress_pct)}</span>
    </span>
  );
}

function BudgetCell({ project }: { project: ProjectListItem }) {
  const { selected_total: total, budget_target: target, currency } = project;
  if (total === null && target === null) return <span className="text-ink-3">no target yet</span>;
  const over = total !== null && target !== null && target > 0 ? ((total - target) / target) * 100 : null;
  return (
    <span className="flex flex-col items-end leading-5">
      {total === null ? (
        <span className="text-ink-2">
          target <Money amount={target} currency={currency} />
        </span>
      ) : (
        <Money amount={total} currency={currency} />
      )}
      {over === null ? null : (
        <span className={cx('text-xs', over > 0.5 ? 'text-bad' : 'text-good')}>
          {Math.abs(over) < 0.5
            ? 'on target'
            : `${formatPercent(Math.abs(over))} ${over > 0 ? 'over' : 'under'} target`}
        </span>
      )}
      {over === null && total !== null ? <span className="text-xs text-ink-3">no target</span> : null}
    </span>
  );
}

type RowActions = Pick<ProjectTableProps, 'onDelete' | 'onRestore' | 'onClone' | 'onTemplate'>;

function RowMenu(props: RowActions & { project: ProjectListItem }) {
  const { project } = props;
  const owns = projectRoleMay(project.role, 'project:delete');
  if (project.deleted_at && !owns) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on the menu from opening the row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys do not open the row.
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Actions for ${project.name}`}
            className="inline-grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Ellipsis className="size-4" />
          </button>
        }
      >
        {project.deleted_at ? (
          <MenuItem icon={<RotateCcw />} onSelect={() => props.onRestore(project)}>
            Restore
          </MenuItem>
        ) : (
          <>
            <MenuItem icon={<Copy />} onSelect={() => props.onClone(project)}>
              {project.is_template ? 'New project from it' : 'Copy'}
            </MenuItem>
            {owns ? (
              <>
                <MenuItem icon={<Stamp />} onSelect={() => props.onTemplate(project)}>
                  {project.is_template ? 'No longer a template' : 'Make a template'}
                </MenuItem>
                <MenuItem icon={<Trash2 />} danger onSelect={() => props.onDelete(project)}>
                  Delete
                </MenuItem>
              </>
            ) : null}
          </>
        )}
      </Menu>
    </span>
  );
}
