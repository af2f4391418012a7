// What can be done to an item: each shows at once, and what moves pieces can be taken back. What a room does not hold, or a
// limit forbids, comes back as a question.
import { useMemo, useRef } from 'react';
import type {
  ChangeEffect,
  RecommendationItem,
  UpdateItemRequest,
} from '../../../../contract/recommendations.ts';
import { track } from '../../analytics-client/client.ts';
import { useUndoChange } from '../../api/decisions.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useUpdateItem } from '../../api/recommendations.ts';
import { toast, toastProblem, undoable } from '../../ui/toast.tsx';
import { formatMoney } from '../../ui/units.ts';
import { focusRow } from './state.ts';

export type AlternativeProduct = RecommendationItem['alternatives'][number];

/** A change that was not made because of something a person may decide on. */
export interface OpenQuestion {
  item: RecommendationItem;
  change: UpdateItemRequest;
  /** What to send along when it is confirmed. */
  also: UpdateItemRequest;
  text: string;
  confirm: string;
}

export interface ItemActions {
  /** False for those who may only look. */
  allowed: boolean;
  /** The item a change of which is on its way. */
  busy_id: string | null;
  accept: (item: RecommendationItem) => void;
  lock: (item: RecommendationItem) => void;
  count: (item: RecommendationItem, quantity: number) => void;
  swap: (item: RecommendationItem, alternative: AlternativeProduct) => void;
  reject: (item: RecommendationItem, reason: string, categories: string[]) => void;
  askReason: (item: RecommendationItem | null) => void;
  /** Swaps what is no longer sold for what follows it. */
  succeed: (item: RecommendationItem) => void;
  confirm: (question: OpenQuestion) => void;
  /** Takes the last change of this visit back. */
  undoLast: () => void;
  /** Says what a change did, with its way back: the change's own, or `inverse` for what moved no piece. */
  tell: (said: string, effect: ChangeEffect, inverse?: () => void) => void;
  /** Told by whoever else made a change that can be taken back. */
  remember: (change_id: string | null | undefined) => void;
}

interface Asking {
  reason: (item: RecommendationItem | null) => void;
  question: (question: OpenQuestion | null) => void;
}

export function useItemActions(
  projectId: string,
  recommendationId: string,
  currency: string,
  allowed: boolean,
  ask: Asking,
): ItemActions {
  const { mutate, isPending, variables } = useUpdateItem(projectId);
  const undo = useUndoChange(projectId);
  const changes = useRef<{ key: string; back: () => void }[]>([]);
  const busy_id = isPending ? (variables?.item.id ?? null) : null;
  return useMemo(() => {
    const takeBack = (change_id: string) => {
      undo.mutate(
        { id: recommendationId, change_id },
        {
          onSuccess: ({ label }) => toast(`Taken back: ${label}`),
          onError: toastProblem('The change was not taken back'),
        },
      );
    };
    /** A way back is gone once. */
    const keep = (key: string, act: () => void): (() => void) => {
      const back = () => {
        if (!changes.current.some((each) => each.key === key)) return;
        changes.current = changes.current.filter((each) => each.key !== key);
        act();
      };
      changes.current.push({ key, back });
      return back;
    };
    const remember = (change_id: string | null | undefined) =>
      change_id ? keep(change_id, () => takeBack(change_id)) : undefined;
    const tell = (said: string, effect: ChangeEffect, inverse?: () => void) => {
      const back = remember(effect.change_id) ?? (inverse ? keep(crypto.randomUUID(), inverse) : undefined);
      const cost =
        effect.price_diff === null || effect.price_diff === 0
          ? ''
          : `, ${formatMoney(effect.price_diff, { currency, signed: true })} in all`;
      const also = effect.also_changed.map((one) => `${one.label.toLowerCase()} ${one.from} → ${one.to}`);
      toast(`${said}${cost}${also.length > 0 ? `; ${also.join(', ')}` : ''}`, undoable(back));
    };
    const change = (item: RecommendationItem, body: UpdateItemRequest, said?: string) => {
      if (!allowed) return;
      mutate(
        { item, change: body },
        {
          onSuccess: (after) => said && tell(said, after.effect),
          onError: (error) => {
            const question = questionOf(item, body, error);
            if (question) ask.question(question);
            else toastProblem(`${item.product.name} was not changed`)(error);
          },
        },
      );
    };
    return {
      allowed,
      busy_id,
      askReason: ask.reason,
      remember,
      tell,
      succeed: (item) => {
        if (!item.successor) return;
        focusRow(item.id);
        change(item, { product_id: item.successor.product_id }, `Swapped for ${item.successor.name}`);
      },
      accept: (item) => change(item, { status: item.status === 'accepted' ? 'proposed' : 'accepted' }),
      lock: (item) => change(item, { locked: !item.locked }),
      count: (item, quantity) => change(item, { quantity }, `${item.product.name}: ${quantity}`),
      reject: (item, reason, categories) => {
        ask.reason(null);
        focusRow(item.id);
        track('item_rejected', { categories });
        change(
          item,
          {
            status: 'rejected',
            ...(reason ? { reason } : {}),
            ...(categories.length > 0 ? { categories } : {}),
          },
          `${item.product.name} rejected`,
        );
      },
      swap: (item, alternative) => {
        // The alternatives are others afterwards: the focus waits on the row, not on what goes.
        focusRow(item.id);
        change(item, { product_id: alternative.product_id }, `Swapped for ${alternative.name}`);
      },
      confirm: ({ item, change: body, also }) => {
        ask.question(null);
        change(item, { ...body, ...also }, `${item.product.name} changed`);
      },
      undoLast: () => {
        const last = changes.current.at(-1);
        if (last) last.back();
        else toast('There is nothing to take back from this visit');
      },
    };
  }, [allowed, ask, busy_id, currency, mutate, recommendationId, undo.mutate]);
}

/** What the answer asks to be confirmed, if it asks anything. */
function questionOf(
  item: RecommendationItem,
  change: UpdateItemRequest,
  error: unknown,
): OpenQuestion | null {
  if (!(error instanceof ApiProblem) || error.status !== 409) return null;
  const text = error.detail;
  if (error.field('if_no_place'))
    return { item, change, also: { if_no_place: 'fit' }, text, confirm: 'Take what fits' };
  if (error.field('override_limits'))
    return { item, change, also: { override_limits: true }, text, confirm: 'Change it all the same' };
  return null;
}
