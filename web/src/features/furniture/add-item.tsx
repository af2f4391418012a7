// A product put into a room by hand: found in the catalogue, counted, added; what the room does not hold comes back as a question.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AddItemRequest } from '../../../../contract/recommendations.ts';
import { productSearchQuery } from '../../api/catalog.ts';
import { useAddItem } from '../../api/decisions.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import type { ScenarioType } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, SearchInput, Select } from '../../ui/field.tsx';
import { Days, Money } from '../../ui/figures.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import type { RoomGroup } from './groups.ts';
import type { ItemActions } from './item-actions.ts';

interface AddItemProps {
  projectId: string;
  recommendationId: string;
  scenario: ScenarioType;
  currency: string;
  groups: readonly RoomGroup[];
  /** The room it is put into unless another is chosen. */
  space_id: string | null;
  actions: ItemActions;
  onClose: () => void;
}

const SHOWN = 8;

export function AddItem(props: AddItemProps) {
  const { projectId, recommendationId, scenario, groups, actions, onClose } = props;
  const add = useAddItem(projectId);
  const [words, setWords] = useState('');
  const [room, setRoom] = useState(props.space_id ?? groups[0]?.space_id ?? '');
  const [product, setProduct] = useState<string | null>(null);
  const [quantity, setQuantity] = useState('1');
  const asked = useDebounced(words.trim(), 200);
  const search = useInfiniteQuery({ ...productSearchQuery({ q: asked }), enabled: asked.length > 1 });
  const found = (search.data?.pages[0]?.items ?? []).slice(0, SHOWN);
  const chosen = found.find((one) => one.id === product) ?? found[0];
  const send = (also: Partial<AddItemRequest> = {}) => {
    if (!chosen) return;
    add.mutate(
      {
        id: recommendationId,
        scenario,
        product_id: chosen.id,
        space_id: room === '' ? null : room,
        quantity: Math.max(1, Number(quantity) || 1),
        ...also,
      },
      {
        onSuccess: (item) => {
          actions.tell(`${item.quantity} × ${item.product.name} added`, item.effect);
          onClose();
        },
      },
    );
  };
  const problem = add.error instanceof ApiProblem ? add.error : null;
  const confirm = problem?.field('if_no_place')
    ? { label: 'Take what fits', also: { if_no_place: 'fit' as const } }
    : problem?.field('override_limits')
      ? { label: 'Add it all the same', also: { override_limits: true } }
      : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add to a room"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          {confirm ? (
            <Button busy={add.isPending} onClick={() => send(confirm.also)}>
              {confirm.label}
            </Button>
          ) : null}
          <Button type="submit" form="add-item" variant="primary" busy={add.isPending} disabled={!chosen}>
            Add
          </Button>
        </>
      }
    >
      <form id="add-item" onSubmit={submit} className="flex flex-col gap-3">
        <SearchInput
          label="Find a product"
          placeholder="side table under $300"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setProduct(null);
            add.reset();
          }}
        />
        <div className="min-h-44">
          {asked.length < 2 ? (
            <p className="text-sm text-ink-3">Type what it is: words, sizes and prices are understood.</p>
          ) : search.isPending ? (
            <SkeletonLines lines={5} />
          ) : search.isError ? (
            <p role="alert" className="text-sm text-bad">
              {problemText(search.error)}
            </p>
          ) : found.length === 0 ? (
            <p className="text-sm text-ink-2">Nothing found. Use fewer or other words.</p>
          ) : (
            <fieldset>
              <legend className="sr-only">Products found</legend>
              {found.map((one) => (
                <label
                  key={one.id}
                  className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 border-t border-hairline py-1.5 text-sm first-of-type:border-t-0 has-checked:bg-accent-wash"
                >
                  <input
                    type="radio"
                    name="product"
                    checked={chosen?.id === one.id}
                    onChange={() => setProduct(one.id)}
                    className="ml-1 size-4 accent-accent"
                  />
                  <span className="min-w-0">
                    <span className="block truncate">{one.name}</span>
                    <span className="block text-xs text-ink-3">
                      {one.brand ?? one.sku}, <Days days={one.lead_time_days} />
                    </span>
                  </span>
                  <span className="pr-1">
                    <Money amount={one.list_price} currency={props.currency} />
                  </span>
                </label>
              ))}
            </fieldset>
          )}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
          <Field label="Room">
            <Select value={room} onChange={(event) => setRoom(event.target.value)}>
              {groups.map((group) => (
                <option key={group.space_id ?? ''} value={group.space_id ?? ''}>
                  {group.name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Quantity">
            <Input
              inputMode="numeric"
              value={quantity}
              onChange={(event) => setQuantity(event.target.value.replaceAll(/\D/g, ''))}
            />
          </Field>
        </div>
        {problem ? (
          <p role="alert" className="text-sm text-warn">
            {problemText(problem)}
          </p>
        ) : add.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(add.error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
