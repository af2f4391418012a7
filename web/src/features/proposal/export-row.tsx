// One exported file: how far it is, its download, a link for people without an account, what it left out.
import { Download, Eye, Link2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Export } from '../../../../contract/exports.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import { exportFileUrl, useExportLink, useRemoveExport } from '../../api/exports.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass, IconButton } from '../../ui/button.tsx';
import { Progress } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo, formatBytes, formatDate } from '../../ui/units.ts';
import { FORMAT_TEXTS } from './formats.ts';

const LINK_HOURS = 72;

interface ExportRowProps {
  project: Project;
  made: Export;
  onLook: () => void;
}

export function ExportRow({ project, made, onLook }: ExportRowProps) {
  const text = FORMAT_TEXTS[made.format];
  const remove = useRemoveExport(project.id);
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const waiting = made.status === 'queued' || made.status === 'running';
  const facts = [
    made.file_name,
    made.file_size_bytes === null ? null : formatBytes(made.file_size_bytes),
    formatAgo(made.created_at),
    made.status === 'ready' ? `until ${formatDate(made.expires_at)}` : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
            {text.name}
            <Badge tone={made.audience === 'dealer' ? 'warn' : 'neutral'}>
              {made.audience === 'dealer' ? (made.has_cost ? 'Dealer, with cost' : 'Dealer') : 'Client'}
            </Badge>
          </p>
          <p className="text-xs break-words text-ink-3">{facts.join(', ')}</p>
        </div>
        <div className="flex items-center gap-3">
          {made.status === 'ready' ? (
            <>
              {made.format === 'pdf' ? (
                <IconButton label={`Look at ${text.name}, ${formatAgo(made.created_at)}`} onClick={onLook}>
                  <Eye />
                </IconButton>
              ) : null}
              <a className={buttonClass('secondary', 'sm')} href={exportFileUrl(made.id)} download>
                <Download aria-hidden="true" />
                Download
              </a>
              {mayEdit ? <LinkButton made={made} /> : null}
            </>
          ) : null}
          {mayEdit && !waiting ? (
            <IconButton
              label={`Delete ${text.name}, ${formatAgo(made.created_at)}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(made.id, { onError: toastProblem('The file was not deleted') })}
            >
              <Trash2 />
            </IconButton>
          ) : null}
        </div>
      </div>
      {waiting ? (
        <Progress
          label={`Making ${text.name}`}
          value={made.progress_pct}
          note={made.progress_note ?? undefined}
        />
      ) : null}
      {made.status === 'failed' ? <p className="mt-1 text-sm text-bad">{made.error}</p> : null}
      {made.status === 'expired' ? (
        <p className="mt-1 text-sm text-ink-2">Its time is over and the file is deleted; make it again.</p>
      ) : null}
      <LeftOut made={made} />
    </li>
  );
}

function LinkButton({ made }: { made: Export }) {
  const link = useExportLink();
  const [url, setUrl] = useState<string | null>(null);
  if (url !== null)
    return (
      <input
        readOnly
        aria-label="Link to the file"
        value={url}
        onFocus={(event) => event.currentTarget.select()}
        className="h-7 w-40 rounded-md border border-line bg-sunken px-2 text-xs"
      />
    );
  return (
    <IconButton
      label="Copy a link for people without an account"
      disabled={link.isPending}
      onClick={() =>
        link.mutate(
          { id: made.id, hours: made.has_cost ? 24 : LINK_HOURS },
          {
            onSuccess: async (answer) => {
              const whole = new URL(answer.url, location.origin).href;
              const copied = await navigator.clipboard?.writeText(whole).then(
                () => true,
                () => false,
              );
              if (copied) toast(`Link copied; it works until ${formatDate(answer.expires_at)}.`);
              else setUrl(whole);
            },
            onError: toastProblem('No link was made'),
          },
        )
      }
    >
      <Link2 />
    </IconButton>
  );
}

function LeftOut({ made }: { made: Export }) {
  if (made.left_out.length === 0) return null;
  return (
    <details className="mt-1 text-sm">
      <summary className="cursor-pointer text-ink-2">
        {made.left_out.length === 1 ? 'One thing is' : `${made.left_out.length} things are`} left out
      </summary>
      <ul className="mt-1 flex flex-col gap-1 pl-4 text-ink-2">
        {made.left_out.map((one) => (
          <li key={`${one.what} ${one.why}`}>
            <span className="text-ink">
              {one.what}
              {one.count === undefined ? '' : ` (${one.count})`}
            </span>
            : {one.why}
          </li>
        ))}
      </ul>
    </details>
  );
}
