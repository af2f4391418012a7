// What erasing a person would do: what stands in the way, what is deleted, what others take over.
import { TriangleAlert } from 'lucide-react';
import type { ErasurePreview } from '../../../../contract/privacy.ts';

export function ErasureEffects({ preview }: { preview: ErasurePreview }) {
  const { blocked_by, organizations_deleted, projects_deleted, projects_handed_over } = preview;
  return (
    <div className="flex flex-col gap-3 text-sm">
      {blocked_by.map((reason) => (
        <p key={reason} className="flex items-start gap-2 text-warn">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {reason}
        </p>
      ))}
      <Names
        title="Deleted with the account"
        names={[
          ...organizations_deleted.map((one) => `${one.name} (organization)`),
          ...projects_deleted.map((one) => one.name),
        ]}
      />
      <Names title="Taken over" names={projects_handed_over.map((one) => `${one.name}, by ${one.to}`)} />
      {organizations_deleted.length + projects_deleted.length + projects_handed_over.length === 0 ? (
        <p className="text-ink-2">No project or organization is deleted.</p>
      ) : null}
    </div>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div>
      <p className="text-xs text-ink-3">{title}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two projects may have one name, and the list never moves.
          <li key={index} className="break-words">
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
