// What an organization pays: its buy discounts. Shown only to members who may see cost.
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BuyTerms } from '../../../../contract/terms.ts';
import { buyTermsQuery, useSaveBuyTerms } from '../../api/decisions.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { RuleRows, rowOf, scopeOf } from './rule-rows.tsx';

export function BuyRules({ organizationId, mayEdit }: { organizationId: string; mayEdit: boolean }) {
  const query = useQuery(buyTermsQuery(organizationId));
  if (query.isPending) return <SkeletonLines lines={3} />;
  if (query.isError)
    return (
      <ErrorState
        title="The buy discounts could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <Rules
      key={JSON.stringify(query.data)}
      organizationId={organizationId}
      before={query.data}
      mayEdit={mayEdit}
    />
  );
}

function Rules({
  organizationId,
  before,
  mayEdit,
}: {
  organizationId: string;
  before: BuyTerms;
  mayEdit: boolean;
}) {
  const save = useSaveBuyTerms(organizationId);
  const [rows, setRows] = useState(() => before.rules.map((rule) => rowOf(rule, rule.buy_discount)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      {
        rules: rows.map((row) => ({
          name: row.name.trim(),
          ...scopeOf(row),
          buy_discount: row.value.trim(),
        })),
      },
      {
        onSuccess: () =>
          toast('Buy discounts saved', {
            action: {
              label: 'Undo',
              onSelect: () =>
                save.mutate(before, {
                  onSuccess: () => toast('Buy discounts as before'),
                  onError: toastProblem('The buy discounts could not be taken back'),
                }),
            },
          }),
      },
    );
  };
  const errorAt = (at: number) =>
    save.error instanceof ApiProblem
      ? save.error.field_errors.find((error) => error.path.includes(`rules.${at}`))?.message
      : undefined;
  return (
    <form onSubmit={submit} aria-label="Buy discounts">
      <fieldset disabled={!mayEdit} className="flex flex-col gap-3">
        <legend className="mb-1 text-base font-semibold">What you pay</legend>
        <p className="text-sm text-ink-2">
          Buy discounts off list, from which cost and margin follow. Clients and collaborators from elsewhere
          see neither these nor the cost.
        </p>
        <RuleRows
          label="Buy discounts"
          rows={rows}
          onChange={setRows}
          valueLabel="Buy discount"
          placeholder="60/5"
          disabled={!mayEdit}
          error={errorAt}
        />
        {rows.length === 0 ? (
          <p className="text-sm text-ink-3">
            None: cost is known only where the catalogue states a dealer price.
          </p>
        ) : null}
        {save.isError ? (
          <p role="alert" className="text-sm text-bad">
            {problemText(save.error)}
          </p>
        ) : null}
        {mayEdit ? (
          <Button type="submit" variant="primary" size="sm" busy={save.isPending} className="self-start">
            Save buy discounts
          </Button>
        ) : null}
      </fieldset>
    </form>
  );
}
