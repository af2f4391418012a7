// Puts a product into a room of a project: which project, which room, how many. What the room does not hold, or a limit
// forbids, comes back as a question.
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Product } from '../../../../contract/catalog.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { AddItemRequest } from '../../../../contract/recommendations.ts';
import { useAddItem } from '../../api/catalog.ts';
import { useUndoChange } from '../../api/decisions.ts';
import { floorPlansQuery, spacesQuery } from '../../api/floor-plans.ts';
import { ApiProblem } from '../../api/problem.ts';
import { projectListQuery } from '../../api/projects.ts';
import { recommendationsQuery } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { TextLink } from '../../ui/link.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatMoney } from '../../ui/units.ts';

export interface AddToProjectProps {
  product: Pick<Product, 'id' | 'name' | 'currency'>;
  variant_id: string | null;
  open: boolean;
  onClose: () => void;
}

export function AddToProject({ product, variant_id, open, onClose }: AddToProjectProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Add to a project" description={product.name}>
      <Form product={product} variant_id={variant_id} onDone={onClose} />
    </Dialog>
  );
}

function Form({
  product,
  variant_id,
  onDone,
}: Omit<AddToProjectProps, 'open' | 'onClose'> & { onDone: () => void }) {
  const list = useInfiniteQuery(projectListQuery({}));
  const projects = (list.data?.pages.flatMap((page) => page.items) ?? []).filter(({ role }) =>
    projectRoleMay(role, 'project:edit'),
  );
  const [asked, setProject] = useState<string | null>(null);
  const project_id = asked ?? projects[0]?.id ?? null;
  if (list.isError) return <ErrorState title="The projects could not be loaded" error={list.error} />;
  if (list.isSuccess && projects.length === 0)
    return (
      <p className="text-sm text-ink-2">
        There is no project that you may change. <TextLink to="/projects">Make one</TextLink>, upload its plan
        and have furniture recommended; then products can be added by hand.
      </p>
    );
  return (
    <div className="flex flex-col gap-4">
      <Field label="Project">
        <Select value={project_id ?? ''} onChange={(event) => setProject(event.target.value)}>
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
      </Field>
      {project_id ? (
        <InProject
          key={project_id}
          project_id={project_id}
          product={product}
          variant_id={variant_id}
          onDone={onDone}
        />
      ) : null}
    </div>
  );
}

function useRooms(projectId: string) {
  const floors = useQuery(floorPlansQuery(projectId));
  return useQueries({
    queries: (floors.data ?? []).map((floor) => spacesQuery(floor.id)),
    combine: (answers) =>
      answers.flatMap((answer, i) => {
        const floor = floors.data?.[i];
        const level = (floors.data?.length ?? 0) > 1 ? `${floor?.level_name ?? floor?.file_name}: ` : '';
        return (answer.data ?? []).map((space) => ({
          id: space.id,
          name: `${level}${[space.number, space.name].filter(Boolean).join(' ') || 'Room'}`,
        }));
      }),
  });
}

interface Question {
  text: string;
  confirm: string;
  also: Partial<AddItemRequest>;
}

/** What the answer asks to be confirmed, if it asks anything. */
function questionOf(error: unknown): Question | null {
  if (!(error instanceof ApiProblem) || error.status !== 409) return null;
  const text = error.detail;
  if (error.field('if_no_place')) return { text, confirm: 'Take what fits', also: { if_no_place: 'fit' } };
  if (error.field('override_limits'))
    return { text, confirm: 'Add it all the same', also: { override_limits: true } };
  return null;
}

function InProject({
  project_id,
  product,
  variant_id,
  onDone,
}: Pick<AddToProjectProps, 'product' | 'variant_id'> & { project_id: string; onDone: () => void }) {
  const rooms = useRooms(project_id);
  const list = useQuery(recommendationsQuery(project_id));
  const bill = list.data?.find((each) => each.summary['state'] === 'ready');
  const add = useAddItem(project_id);
  const undo = useUndoChange(project_id);
  const [space, setSpace] = useState('');
  const [quantity, setQuantity] = useState('1');
  const count = Number(quantity);
  const valid = Number.isInteger(count) && count >= 1 && count <= 100_000;
  const [also, setAlso] = useState<Partial<AddItemRequest>>({});
  const question = questionOf(add.error);
  const send = (more: Partial<AddItemRequest>) => {
    if (!bill || !valid) return;
    setAlso(more);
    add.mutate(
      {
        recommendation_id: bill.id,
        product_id: product.id,
        ...(variant_id === null ? {} : { variant_id }),
        space_id: space === '' ? null : space,
        quantity: count,
        ...more,
      },
      {
        onSuccess: ({ quantity: placed, effect }) => {
          const cost =
            effect.price_diff === null
              ? ''
              : `, ${formatMoney(effect.price_diff, { currency: product.currency, signed: true })}`;
          const { change_id } = effect;
          const takeBack = change_id
            ? {
                action: {
                  label: 'Undo',
                  onSelect: () =>
                    undo.mutate(
                      { id: bill.id, change_id },
                      {
                        onSuccess: () => toast(`Taken out again: ${product.name}`),
                        onError: toastProblem('The change was not taken back'),
                      },
                    ),
                },
              }
            : {};
          toast(`Added ${placed} × ${product.name}${cost}`, takeBack);
          onDone();
        },
      },
    );
  };
  if (list.isSuccess && !bill)
    return (
      <p className="text-sm text-ink-2">
        This project has no furniture yet. Have it recommended in the step Furniture first; then products can
        be added by hand.
      </p>
    );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send({});
      }}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <Field label="Room">
          <Select value={space} onChange={(event) => setSpace(event.target.value)}>
            <option value="">No single room</option>
            {rooms.map((room) => (
              <option key={room.id} value={room.id}>
                {room.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Pieces" error={valid ? undefined : 'A whole number from 1.'}>
          <Input inputMode="numeric" value={quantity} onChange={(event) => setQuantity(event.target.value)} />
        </Field>
      </div>
      {question ? (
        <p role="alert" className="rounded-md bg-warn-wash px-3 py-2 text-sm">
          {question.text}
        </p>
      ) : add.isError ? (
        <ErrorState title="It was not added" error={add.error} />
      ) : null}
      <div className="flex justify-end gap-2">
        {question ? (
          <Button onClick={() => send({ ...also, ...question.also })} busy={add.isPending}>
            {question.confirm}
          </Button>
        ) : null}
        <Button type="submit" variant="primary" busy={add.isPending} disabled={!bill || !valid}>
          Add
        </Button>
      </div>
    </form>
  );
}
