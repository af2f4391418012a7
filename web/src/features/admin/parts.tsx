// Parts the administration's pages share: a list in pages with its three other states, and a wide table that scrolls.
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';

/** A table that is wider than a narrow screen scrolls by itself, not the page, with what only screen readers hear of it. */
export function Wide({ children }: { children: ReactNode }) {
  return <div className="relative -mx-4 overflow-x-auto px-4 md:mx-0 md:px-0">{children}</div>;
}

interface PagedTableProps<Row> {
  query: Pick<
    UseInfiniteQueryResult<{ pages: Page<Row>[] }>,
    'data' | 'error' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'refetch'
  >;
  label: string;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  failed: string;
  empty: ReactNode;
}

export function PagedTable<Row>({ query, label, columns, rowKey, failed, empty }: PagedTableProps<Row>) {
  if (query.isPending) return <SkeletonLines lines={6} />;
  if (query.error)
    return <ErrorState title={failed} error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return <p className="text-sm text-ink-2">{empty}</p>;
  return (
    <>
      <Wide>
        <Table label={label} columns={columns} rows={rows} rowKey={rowKey} />
      </Wide>
      {query.hasNextPage ? (
        <Button
          className="self-start"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </>
  );
}

/** A heading with what stands under it. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-lg font-semibold">{title}</h2>
        {note ? <p className="text-sm text-ink-3">{note}</p> : null}
      </header>
      {children}
    </section>
  );
}
