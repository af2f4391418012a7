// All projects one can see: filter, search, sort, begin, delete with undo, restore. The address keeps what is shown.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ProjectListItem } from '../../../../contract/projects.ts';
import { projectListQuery, useDeleteProject, useRestoreProject } from '../../api/projects.ts';
import { useSetTemplate } from '../../api/versions.ts';
import type { ProjectSort, ProjectsSearch } from '../../routes/search.ts';
import { Button } from '../../ui/button.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import type { Sort } from '../../ui/table.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { CloneDialog } from './clone-dialog.tsx';
import { NewProjectDialog } from './new-project-dialog.tsx';
import { ProjectTable } from './project-table.tsx';

type Update = (change: Partial<ProjectsSearch>) => void;

export function ProjectsPage() {
  const search = useSearch({ from: '/inside/projects' });
  const navigate = useNavigate({ from: '/projects' });
  const update: Update = (change) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const list = useList(search);
  const [cloned, setCloned] = useState<ProjectListItem | null>(null);
  const actions = useRowActions();
  const filtered = Boolean(search.q || search.status || search.deleted || search.template);
  const empty = list.rows.length === 0 && !list.pending && !list.error;
  return (
    <Page
      title="Projects"
      note={list.pending || (empty && !filtered) ? undefined : countNote(list, search)}
      fill
      actions={
        <Button variant="primary" onClick={() => update({ new: true })}>
          <Plus /> New project
        </Button>
      }
    >
      {empty && !filtered ? null : <Filters search={search} update={update} />}
      {list.error ? (
        <ErrorState title="The projects could not be loaded" error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <RowsToCome />
      ) : empty ? (
        <NoProjects filtered={filtered} search={search} update={update} />
      ) : (
        <ProjectTable
          rows={list.rows}
          sort={sortOf(search)}
          onSort={(key) => update(nextSort(sortOf(search), key as ProjectSort))}
          onEnd={list.loadMore}
          onClone={setCloned}
          {...actions}
        />
      )}
      {cloned ? <CloneDialog project={cloned} onClose={() => setCloned(null)} /> : null}
      {search.new ? <NewProjectDialog onClose={() => update({ new: undefined })} /> : null}
    </Page>
  );
}

interface ProjectList {
  rows: ProjectListItem[];
  pending: boolean;
  error: unknown;
  retry: () => void;
  more: boolean;
  loadMore: () => void;
}

const DEFAULT_SORT: Sort = { key: 'updated', direction: 'desc' };
const FIRST_DIRECTION: Record<ProjectSort, Sort['direction']> = {
  updated: 'desc',
  name: 'asc',
  progress: 'desc',
  budget: 'desc',
};

function sortOf(search: ProjectsSearch): Sort {
  if (!search.sort) return DEFAULT_SORT;
  return { key: search.sort, direction: search.dir ?? FIRST_DIRECTION[search.sort] };
}

function nextSort(now: Sort, column: ProjectSort): Pick<ProjectsSearch, 'sort' | 'dir'> {
  const turned = now.direction === 'asc' ? 'desc' : 'asc';
  return { sort: column, dir: now.key === column ? turned : FIRST_DIRECTION[column] };
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const COMPARE: Record<ProjectSort, (a: ProjectListItem, b: ProjectListItem) => number> = {
  updated: (a, b) => a.updated_at.localeCompare(b.updated_at),
  name: (a, b) => names.compare(a.name, b.name),
  progress: (a, b) => a.progress_pct - b.progress_pct,
  budget: (a, b) => (a.selected_total ?? a.budget_target ?? -1) - (b.selected_total ?? b.budget_target ?? -1),
};

/** The server lists newest first, page by page; any other order needs every page, which are then fetched one by one. */
function useList(search: ProjectsSearch): ProjectList {
  const q = useDebounced(search.q, 200);
  const query = useInfiniteQuery(
    projectListQuery({
      ...(q ? { q } : {}),
      ...(search.status ? { status: search.status } : {}),
      ...(search.deleted ? { deleted: 'true' as const } : {}),
      ...(search.template ? { template: 'true' as const } : {}),
    }),
  );
  const sort = sortOf(search);
  const needsAll = sort.key !== DEFAULT_SORT.key || sort.direction !== DEFAULT_SORT.direction;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (needsAll && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [needsAll, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(() => {
    const all = query.data?.pages.flatMap((page) => page.items) ?? [];
    if (sort.key === DEFAULT_SORT.key && sort.direction === DEFAULT_SORT.direction) return all;
    const sign = sort.direction === 'asc' ? 1 : -1;
    return [...all].sort((a, b) => sign * COMPARE[sort.key as ProjectSort](a, b));
  }, [query.data, sort.key, sort.direction]);
  return {
    rows,
    pending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    more: hasNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}

function countNote(list: ProjectList, search: ProjectsSearch): string {
  const kind = search.deleted ? 'deleted ' : '';
  return `${formatCount(list.rows.length)} ${kind}${list.rows.length === 1 ? 'project' : 'projects'}${list.more ? ' and more' : ''}`;
}

const STATUS_FILTERS = [
  { value: '', label: 'Every status' },
  { value: 'draft', label: 'Draft' },
  { value: 'in_progress', label: 'In progress' },
  { value: 'approved', label: 'Approved' },
  { value: 'completed', label: 'Completed' },
  { value: 'archived', label: 'Archived' },
  { value: 'template', label: 'Templates' },
  { value: 'deleted', label: 'Deleted' },
] as const;

function Filters({ search, update }: { search: ProjectsSearch; update: Update }) {
  const [words, setWords] = useState(search.q ?? '');
  return (
    <div className="flex gap-2">
      <SearchInput
        label="Search by name or client"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          update({ q: event.target.value || undefined });
        }}
        className="min-w-0 flex-1 md:max-w-88"
      />
      <Select
        aria-label="Status"
        controlSize="sm"
        className="shrink-0 [&>select]:h-8"
        value={search.deleted ? 'deleted' : search.template ? 'template' : (search.status ?? '')}
        onChange={(event) => {
          const value = event.target.value as (typeof STATUS_FILTERS)[number]['value'];
          update(
            value === 'deleted' || value === 'template'
              ? { status: undefined, deleted: undefined, template: undefined, [value]: true }
              : { status: value === '' ? undefined : value, deleted: undefined, template: undefined },
          );
        }}
      >
        {STATUS_FILTERS.map((filter) => (
          <option key={filter.value} value={filter.value}>
            {filter.label}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** Lives with the page, not with the list: deleting the last row removes the list, and the undo must outlive it. */
function useRowActions() {
  const remove = useDeleteProject();
  const restore = useRestoreProject();
  const template = useSetTemplate();
  const onRestore = (project: ProjectListItem) =>
    restore.mutate(project.id, {
      onSuccess: () => toast(`${project.name} is back`),
      onError: toastProblem('The project was not restored'),
    });
  const onDelete = (project: ProjectListItem) =>
    remove.mutate(project.id, {
      onSuccess: () =>
        toast(`${project.name} deleted`, { action: { label: 'Undo', onSelect: () => onRestore(project) } }),
      onError: toastProblem('The project was not deleted'),
    });
  const onTemplate = (project: ProjectListItem) =>
    template.mutate(
      { id: project.id, is_template: !project.is_template },
      {
        onSuccess: () =>
          toast(
            project.is_template
              ? `${project.name} is an ordinary project again`
              : `New projects can begin from ${project.name}`,
          ),
        onError: toastProblem('The project was not changed'),
      },
    );
  return { onRestore, onDelete, onTemplate };
}

function NoProjects({
  filtered,
  search,
  update,
}: {
  filtered: boolean;
  search: ProjectsSearch;
  update: Update;
}) {
  if (search.deleted && !search.q) {
    return (
      <EmptyState
        title="Nothing is deleted"
        action={<Button onClick={() => update({ deleted: undefined })}>Show all projects</Button>}
      >
        Deleted projects wait here until they are restored or their time runs out.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        title="No project matches"
        action={
          <Button
            onClick={() =>
              update({ q: undefined, status: undefined, deleted: undefined, template: undefined })
            }
          >
            Clear search and filter
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title="A project takes one floor plan to a priced proposal"
      action={
        <Button variant="primary" size="lg" onClick={() => update({ new: true })}>
          Start a project
        </Button>
      }
    >
      Name it, bring in the plan, say what is needed. Rooms, furniture and three budgets follow from there.
    </EmptyState>
  );
}

function RowsToCome() {
  return (
    <div role="status" aria-label="Loading projects" className="flex flex-col">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex h-16 items-center gap-4 border-b border-hairline">
          <Skeleton className="h-10 w-18" />
          <Skeleton className="h-4 w-60" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
