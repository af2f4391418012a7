// Pictures of the 3D view kept with the project: newest first, to open, save to disk or delete.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, Trash2, X } from 'lucide-react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { Render } from '../../../../contract/renders.ts';
import { rendersQuery, useDeleteRender } from '../../api/renders.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';

export function PictureStrip({ project, onClose }: { project: Project; onClose: () => void }) {
  const list = useInfiniteQuery(rendersQuery(project.id));
  const remove = useDeleteRender(project.id);
  const may_edit = projectRoleMay(project.role, 'project:edit');
  const pictures = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section
      aria-label="Saved pictures"
      className="absolute right-14 bottom-3 left-3 z-10 rounded-md border border-line bg-surface p-2"
    >
      <div className="mb-1.5 flex items-center gap-2 pl-1">
        <h3 className="text-sm font-medium">Pictures</h3>
        <p className="min-w-0 flex-1 truncate text-xs text-ink-3">
          Kept with the project, until 90 days after it is completed.
        </p>
        <IconButton label="Close" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {list.isPending ? (
        <Skeleton className="h-20 w-32 rounded-sm" />
      ) : list.isError ? (
        <ErrorState
          title="The pictures could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : pictures.length === 0 ? (
        <p className="px-1 pb-1 text-sm text-ink-2">
          {may_edit
            ? 'None yet. Turn the view as you like and press the camera.'
            : 'Nobody has saved a picture of this project yet.'}
        </p>
      ) : (
        <ul className="flex gap-2 overflow-x-auto pb-1">
          {pictures.map((render) => (
            <Picture
              key={render.id}
              render={render}
              onDelete={
                may_edit
                  ? () =>
                      remove.mutate(render.id, {
                        onSuccess: () => toast(`Deleted: ${render.name}`),
                        onError: toastProblem('The picture was not deleted'),
                      })
                  : null
              }
            />
          ))}
          {list.hasNextPage ? (
            <li className="grid place-items-center px-2">
              <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Older
              </Button>
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

function Picture({ render, onDelete }: { render: Render; onDelete: (() => void) | null }) {
  const small = cx(buttonClass('quiet', 'sm'), 'px-1.5!');
  return (
    <li className="w-32 shrink-0">
      <a
        href={render.file_url}
        target="_blank"
        rel="noreferrer"
        title={render.name}
        className="block overflow-hidden rounded-sm border border-hairline"
      >
        <img
          src={render.file_url}
          alt={render.name}
          width={render.width_px}
          height={render.height_px}
          loading="lazy"
          className="h-20 w-full object-cover"
        />
      </a>
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1 truncate text-xs text-ink-2" title={render.name}>
          {formatAgo(render.created_at)}
        </p>
        <a
          href={`${render.file_url}?download=true`}
          download
          aria-label={`Download ${render.name}`}
          title="Download"
          className={small}
        >
          <Download />
        </a>
        {onDelete ? (
          <button
            type="button"
            aria-label={`Delete ${render.name}`}
            title="Delete"
            className={small}
            onClick={onDelete}
          >
            <Trash2 />
          </button>
        ) : null}
      </div>
    </li>
  );
}
