// A saved quote that has aged: prices and times that are not today's, products no longer sold, deliveries that come too late;
// with what mends it. Shown on the furniture and budget steps.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import { useBulk, useReprice, useUndoChange } from '../../api/decisions.ts';
import type { ScenarioType } from '../../api/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { toast, toastProblem, undoable } from '../../ui/toast.tsx';
import { formatCount, formatMoney } from '../../ui/units.ts';

interface QuoteWarningsProps {
  projectId: string;
  recommendationId: string;
  scenario: ScenarioType;
  items: readonly RecommendationItem[];
  currency: string;
  allowed: boolean;
  /** Told of a change that can be taken back. */
  remember?: ((change_id: string | null) => void) | undefined;
}

/** What is said of one line, and of several. */
const TAKEN = {
  take_successors: ['took its successor', 'took their successors'],
  take_sooner: ['comes in time now', 'come in time now'],
} as const;

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '');

const lines = (count: number, one: string, many: string) =>
  `${formatCount(count)} ${count === 1 ? `line ${one}` : `lines ${many}`}`;

export function QuoteWarnings(props: QuoteWarningsProps) {
  const { projectId, recommendationId, scenario, items, currency, allowed, remember } = props;
  const reprice = useReprice(projectId);
  const bulk = useBulk(projectId);
  const undo = useUndoChange(projectId);
  const live = items.filter((item) => item.status !== 'rejected');
  const having = (...codes: string[]) =>
    live.filter((item) => item.warnings.some((warning) => codes.includes(warning.code)));
  const aged = having('price_changed', 'price_stale', 'lead_time_changed').length;
  const gone = having('discontinued');
  const followed = gone.filter((item) => item.successor !== null && !item.locked).length;
  const late = having('late');
  if (aged + gone.length + late.length === 0) return null;
  const swapAll = (action: 'take_successors' | 'take_sooner') =>
    bulk.mutate(
      { id: recommendationId, scenario, action },
      {
        onSuccess: ({ changed, skipped, effect: { change_id, price_diff } }) => {
          remember?.(change_id);
          const [one, many] = TAKEN[action];
          const taken = lines(changed, one, many);
          const cost = price_diff ? `, ${formatMoney(price_diff, { currency, signed: true })} in all` : '';
          toast(
            [`${taken}${cost}`, ...new Set(skipped.map((one) => withoutStop(one.why)))].join('. '),
            undoable(
              change_id
                ? () =>
                    undo.mutate(
                      { id: recommendationId, change_id },
                      { onError: toastProblem('The change was not taken back') },
                    )
                : null,
            ),
          );
        },
        onError: toastProblem('No line was changed'),
      },
    );
  return (
    <section
      aria-label="What has changed since the quote"
      className="flex flex-col gap-2 rounded-md bg-warn-wash px-3 py-2"
    >
      {aged > 0 ? (
        <Warning
          text={`${lines(aged, 'has a price or time', 'have prices or times')} that ${aged === 1 ? 'is' : 'are'} not today’s.`}
        >
          {allowed ? (
            <Button
              size="sm"
              busy={reprice.isPending}
              onClick={() =>
                reprice.mutate(recommendationId, {
                  onSuccess: () => toast('Priced anew'),
                  onError: toastProblem('The quote was not priced anew'),
                })
              }
            >
              Price anew
            </Button>
          ) : null}
        </Warning>
      ) : null}
      {gone.length > 0 ? (
        <Warning
          text={`${lines(gone.length, 'is', 'are')} of a product that is no longer sold${
            followed === gone.length
              ? ''
              : followed === 0
                ? '; choose another'
                : `, ${formatCount(followed)} with a successor`
          }.`}
        >
          {allowed && followed > 0 ? (
            <Button size="sm" busy={bulk.isPending} onClick={() => swapAll('take_successors')}>
              {followed === 1 ? 'Take the successor' : 'Take the successors'}
            </Button>
          ) : null}
        </Warning>
      ) : null}
      {late.length > 0 ? (
        <Warning text={`${lines(late.length, 'takes', 'take')} longer than the brief allows.`}>
          {allowed && late.some((item) => !item.locked) ? (
            <Button size="sm" busy={bulk.isPending} onClick={() => swapAll('take_sooner')}>
              {late.length === 1 ? 'Take a sooner one' : 'Take sooner ones'}
            </Button>
          ) : null}
        </Warning>
      ) : null}
    </section>
  );
}

function Warning({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="flex items-center gap-3 text-sm">
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warn" />
      <p className="mr-auto">{text}</p>
      {children}
    </div>
  );
}
