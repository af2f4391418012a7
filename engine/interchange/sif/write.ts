/** A project's bill as a SIF file. Costs are written only where the document has them: a client's document has none. */
import type { SifDialect } from '../../../contract/exports.ts';
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { billOf, scenarioOf } from '../bill.ts';
import { InterchangeError, type WriteOptions, type Written } from '../writer.ts';
import { DIALECTS, type Dialect, type SifField } from './dialects.data.ts';
import { encodable, encode } from './encoding.ts';
import { oneLine, orderOf, type SifLine } from './lines.ts';
import { discountText, factorText } from './percent.ts';

const LINE_END = '\r\n';

export function write(
  document: ProjectDocument,
  { scenario_id, dialect }: Pick<WriteOptions, 'scenario_id' | 'dialect'>,
): Written {
  const scenario = scenarioOf(document, scenario_id);
  if (scenario === undefined)
    throw new InterchangeError(
      'nothing_to_write',
      'This project has no bill yet; make a recommendation first.',
    );
  const order = orderOf(billOf(document, scenario), dialect);
  const header = {
    reference: document.project.id,
    title: `${document.project.name} (${scenario.name})`,
  };
  return {
    bytes: render(order.lines, header, dialect),
    left_out: [...order.left_out, ...notWritten(document)],
  };
}

/** Records parted by blank lines under the header SF, ST; CRLF line ends, the last one included. */
export function render(
  lines: readonly SifLine[],
  header: { reference: string; title: string },
  key: SifDialect,
): Uint8Array {
  const dialect = DIALECTS[key];
  const top = [
    `SF=${encodable(oneLine(header.reference), dialect.encoding).text}`,
    `ST=${encodable(oneLine(header.title), dialect.encoding).text}`,
  ];
  const blocks = [top, ...lines.map((line) => recordOf(line, dialect))];
  const text = blocks.map((block) => `${block.join(LINE_END)}${LINE_END}`).join(LINE_END);
  return encode(text, dialect.encoding);
}

/** Written even where they are empty: a record without them is refused elsewhere. */
const ALWAYS: ReadonlySet<SifField> = new Set(['part', 'description', 'manufacturer', 'quantity', 'list']);

function recordOf(line: SifLine, dialect: Dialect): string[] {
  const out: string[] = [];
  for (const [code, field] of dialect.codes) {
    if (field === 'option') out.push(...pairLines(dialect, line.options, 'option', 'option_description'));
    else if (field === 'attribute')
      out.push(...pairLines(dialect, line.attributes, 'attribute', 'attribute_description'));
    else if (field !== 'option_description' && field !== 'attribute_description') {
      const value = fieldText(line, field);
      if (value !== '' || ALWAYS.has(field)) out.push(`${code}=${value}`);
    }
  }
  return out;
}

function pairLines(
  dialect: Dialect,
  pairs: SifLine['options'],
  code: SifField,
  description: SifField,
): string[] {
  const name = (field: SifField) => dialect.codes.find(([, known]) => known === field)?.[0];
  return pairs.flatMap((pair) => [`${name(code)}=${pair.code}`, `${name(description)}=${pair.description}`]);
}

function fieldText(line: SifLine, field: SifField): string {
  const list = line.list_cents ?? 0;
  switch (field) {
    case 'quantity':
      return String(line.quantity);
    case 'list':
      return line.list_cents === null ? '' : money(line.list_cents);
    case 'sell_discount':
      return line.sell_cents === null ? '' : (discountText(list, line.sell_cents) ?? '0');
    case 'buy_discount':
      return line.buy_cents === null ? '' : (discountText(list, line.buy_cents) ?? '');
    case 'buy_factor':
      return line.buy_cents === null ? '' : (factorText(list, line.buy_cents) ?? '');
    case 'buy_price':
      return line.buy_cents === null ? '' : money(line.buy_cents);
    case 'option':
    case 'option_description':
    case 'attribute':
    case 'attribute_description':
      return '';
    default:
      return line[field];
  }
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

function notWritten(document: ProjectDocument): LeftOut[] {
  const why = 'SIF orders products only';
  return [
    { what: 'Freight, installation, services, contingency and tax', why },
    ...(document.floors.length > 0 ? [{ what: 'Plans and the places of the furniture', why }] : []),
  ];
}
