// The bill of two versions: total against total, and the lines that differ.
import type { VersionDiff } from '../../../../contract/versions.ts';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/figures.tsx';
import { formatCount } from '../../ui/units.ts';

type Line = VersionDiff['bill']['lines'][number];

const SIGN = { added: '+', removed: '−', changed: '±' } as const;
const LOOK = { added: 'text-good', removed: 'text-bad', changed: 'text-warn' } as const;

export function BillChanges({ diff }: { diff: VersionDiff }) {
  const { before, after, lines } = diff.bill;
  if (lines.length === 0 && before?.total === after?.total) return null;
  const currency = after?.currency ?? before?.currency ?? 'USD';
  return (
    <table className="w-full border-t border-hairline text-sm">
      <caption className="sr-only">Lines of the bill that differ</caption>
      <thead className="text-left text-xs text-ink-3">
        <tr>
          <th className="py-1 font-normal">Line</th>
          <th className="py-1 text-right font-normal">Pieces</th>
          <th className="py-1 pl-3 text-right font-normal">Total</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a room may hold the same product twice.
          <Row key={index} line={line} currency={currency} />
        ))}
      </tbody>
      {before !== null || after !== null ? (
        <tfoot>
          <tr className="border-t border-hairline font-medium">
            <td className="py-1.5">{after?.scenario ?? before?.scenario}</td>
            <td />
            <td className="py-1.5 pl-3 text-right">
              <Sides before={before?.total} after={after?.total} currency={currency} />
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

function Row({ line, currency }: { line: Line; currency: string }) {
  const { before, after, kind, room } = line;
  const replaced = before !== null && after !== null && before.sku !== after.sku;
  return (
    <tr className="border-t border-hairline align-baseline">
      <td className="py-1.5">
        <span className={cx('mr-1.5 inline-block w-2.5', LOOK[kind])} aria-hidden="true">
          {SIGN[kind]}
        </span>
        <span className="sr-only">{kind}: </span>
        {replaced ? <del className="text-ink-3">{before.name} </del> : null}
        {(after ?? before)?.name}
        {room === null ? null : <span className="block pl-4 text-xs text-ink-3">{room}</span>}
      </td>
      <td className="py-1.5 text-right tabular-nums">
        {before !== null && after !== null && before.quantity !== after.quantity ? (
          <>
            <del className="text-ink-3">{formatCount(before.quantity)}</del> {formatCount(after.quantity)}
          </>
        ) : (
          formatCount((after ?? before)?.quantity)
        )}
      </td>
      <td className="py-1.5 pl-3 text-right">
        <Sides before={before?.total_price} after={after?.total_price} currency={currency} />
      </td>
    </tr>
  );
}

function Sides({
  before,
  after,
  currency,
}: {
  before: number | undefined;
  after: number | undefined;
  currency: string;
}) {
  return (
    <>
      {before === undefined || before === after ? null : (
        <del className="mr-1.5 text-ink-3">
          <Money amount={before} currency={currency} />
        </del>
      )}
      {after === undefined ? null : <Money amount={after} currency={currency} />}
    </>
  );
}
