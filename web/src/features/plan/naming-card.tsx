// Name, number, type and seats of a room, on the drawing beside it: opened by a double click on its label, by F2, and
// for a room just drawn.
import { X } from 'lucide-react';
import { type FormEvent, useEffect, useRef } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import type { SpaceType } from '../../../../contract/plan.ts';
import type { SpaceChange } from '../../api/floor-plans.ts';
import { SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import type { RoomActions } from './actions.ts';
import type { PlanStage } from './stage.tsx';

export function NamingCard({ stage, actions }: { stage: PlanStage; actions: RoomActions }) {
  const space = stage.spaces.find((candidate) => candidate.id === stage.naming);
  if (!space || !stage.may_edit) return null;
  return (
    <Card
      key={space.id}
      space={space}
      onClose={() => stage.setNaming(null)}
      onSave={(changes) => {
        stage.setNaming(null);
        if (Object.keys(changes).length > 0) actions.describe([space], changes);
      }}
    />
  );
}

/** What differs from the room as it is. */
function changesIn(form: HTMLFormElement, space: Space): SpaceChange {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim() || null;
  const seats = text('seats');
  const changes: SpaceChange = {};
  if (text('name') !== space.name) changes.name = text('name');
  if (text('number') !== space.number) changes.number = text('number');
  if (text('type') !== space.type) changes.type = text('type') as SpaceType;
  const count = seats === null ? null : Number(seats);
  if (count !== space.suggested_capacity) changes.suggested_capacity = count;
  return changes;
}

function Card(props: { space: Space; onClose: () => void; onSave: (changes: SpaceChange) => void }) {
  const { space, onClose, onSave } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLInputElement>('input[name="name"]');
    first?.focus();
    first?.select();
  }, []);
  return (
    <form
      ref={form}
      aria-label="Describe the room"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSave(changesIn(event.currentTarget, space));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      className="appear absolute right-14 bottom-3 z-20 grid w-76 max-w-[calc(100%-4.5rem)] grid-cols-[5.5rem_minmax(0,1fr)] gap-3 rounded-lg border border-line bg-surface p-4 text-sm shadow-float"
    >
      <div className="col-span-2 -mt-1 -mr-1.5 flex items-center justify-between">
        <h3 className="font-medium">Describe the room</h3>
        <IconButton label="Close" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <Field label="Number">
        <Input name="number" defaultValue={space.number ?? ''} maxLength={50} className="h-8! text-sm!" />
      </Field>
      <Field label="Name">
        <Input name="name" defaultValue={space.name ?? ''} maxLength={255} className="h-8! text-sm!" />
      </Field>
      <Field label="Seats">
        <Input
          name="seats"
          type="number"
          min={0}
          max={10_000}
          defaultValue={space.suggested_capacity ?? ''}
          className="h-8! text-sm! tabular-nums"
        />
      </Field>
      <Field label="Type">
        <Select
          name="type"
          defaultValue={space.type}
          controlSize="sm"
          className="[&>select]:h-8 [&>select]:w-full"
        >
          {(Object.keys(SPACE_TYPE_LABELS) as SpaceType[]).map((type) => (
            <option key={type} value={type}>
              {SPACE_TYPE_LABELS[type]}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="primary" className="col-span-2">
        Save
      </Button>
    </form>
  );
}
