/** A project document from bytes somebody sent: refused in one sentence unless it is whole, of our version and consistent. */
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, ProjectDocument } from '../../../contract/project-document.ts';
import { InterchangeError } from '../writer.ts';
import { idsOf } from './ids.ts';

/** Deeper nesting than this is in no document of ours. */
const DEEPEST = 60;
const MOST_VALUES = 20_000_000;

/** @throws InterchangeError */
export function readProjectDocument(bytes: Uint8Array): ProjectDocument {
  const value = parsed(bytes);
  checkText(value);
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== DOCUMENT_FORMAT)
    throw new InterchangeError(
      'not_this_format',
      `This JSON file is no exported project (its "format" is not "${DOCUMENT_FORMAT}"); export the project as JSON and send that.`,
    );
  if (version !== DOCUMENT_VERSION)
    throw new InterchangeError(
      'other_version',
      `This project was exported in version ${JSON.stringify(version)?.slice(0, 40)} of the format; version ${DOCUMENT_VERSION} can be read here. Export it again from an installation of this release.`,
    );
  const result = ProjectDocument.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new InterchangeError(
      'malformed',
      `The project document is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unreadable'}.`,
    );
  }
  checkReferences(result.data);
  return result.data;
}

function parsed(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InterchangeError(
      'not_this_format',
      'This file is no UTF-8 text; send the JSON file as it was exported.',
    );
  }
  if (text.trim() === '') throw new InterchangeError('not_this_format', 'This file is empty.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InterchangeError(
      'not_this_format',
      `This file is not valid JSON: ${(error as Error).message.slice(0, 200)}.`,
    );
  }
}

/** Without recursion, so that no nesting can exhaust the stack. */
function checkText(root: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    seen += 1;
    if (depth > DEEPEST || seen > MOST_VALUES)
      throw new InterchangeError(
        'too_large',
        'The file is nested deeper or holds more values than any project does.',
      );
    if (typeof value === 'string') checkString(value);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) checkString(key);
        open.push({ value: inner, depth: depth + 1 });
      }
  }
}

function checkString(text: string): void {
  if (text.includes('\0') || !text.isWellFormed())
    throw new InterchangeError(
      'malformed',
      `A text of the file has a character that cannot be stored, near ${JSON.stringify(text.replaceAll('\0', '').toWellFormed().slice(0, 60))}.`,
    );
}

function checkReferences(document: ProjectDocument): void {
  const refuse = (why: string) =>
    new InterchangeError('malformed', `The project document is not consistent: ${why}.`);
  const ids = idsOf(document).map((id) => id.toLowerCase());
  if (new Set(ids).size !== ids.length) throw refuse('an id is given twice');
  const skus = new Set(document.products.map((product) => product.sku));
  if (skus.size !== document.products.length) throw refuse('a product is described twice');
  const spaces = new Set(document.floors.flatMap((floor) => floor.spaces.map((space) => space.id)));
  for (const scenario of document.scenarios)
    for (const item of scenario.items) {
      if (!skus.has(item.sku)) throw refuse(`an item names the product ${item.sku}, which is not described`);
      if (item.space_id !== null && !spaces.has(item.space_id))
        throw refuse(`the item ${item.sku} stands in a room that is on no floor`);
      if (Math.round(item.unit_price * 100) * item.quantity !== Math.round(item.total_price * 100))
        throw refuse(`${item.quantity} × ${item.unit_price} of ${item.sku} are not ${item.total_price}`);
    }
  for (const scenario of document.scenarios) {
    const furniture = scenario.lines.find((line) => line.key === 'furniture');
    const items = scenario.items.reduce((sum, item) => sum + Math.round(item.total_price * 100), 0);
    if (furniture === undefined || Math.round(furniture.amount * 100) !== items)
      throw refuse(`the items of “${scenario.name}” do not add up to its furniture line`);
    const lines = scenario.lines.reduce((sum, line) => sum + Math.round(line.amount * 100), 0);
    if (Math.round(scenario.total_cost * 100) !== lines)
      throw refuse(`the lines of “${scenario.name}” do not add up to its total`);
  }
  if (document.scenarios.length > 0 && document.recommendation === null)
    throw refuse('it has scenarios without a recommendation');
  if (document.scenarios.filter((scenario) => scenario.is_selected).length > 1)
    throw refuse('more than one scenario is selected');
}
