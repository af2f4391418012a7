// What a language model may reach for, and what comes of it: readings that are checked, answers from the project's data, a
// search in the catalogue, and offers a person takes or leaves. Nothing here writes. What it names must have been given
// to it, and everything is read with the rights of the person who asks.
import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider';
import { z } from 'zod';
import { Brief } from '../../../../contract/brief.ts';
import type { ProductHit } from '../../../../contract/catalog.ts';
import type { Action, AnswerLink } from '../../../../contract/conversations.ts';
import { answerQuestion, WHAT_CAN_BE_ASKED } from '../../../../engine/conversation/answer.ts';
import type { CheckedReading, ModelReading } from '../../../../engine/conversation/check-model.ts';
import type { ProjectFacts } from '../../../../engine/conversation/facts.ts';
import {
  asData,
  type KnownProduct,
  type References,
  referProduct,
} from '../../../../engine/conversation/model-context.ts';
import { money, plural } from '../../../../engine/conversation/words.ts';
import { offersOf } from '../offers.ts';

const Quote = z.object({ path: z.string().max(60), quote: z.string().max(500) });
const Reference = z.string().max(8);
const Figure = z.number().nonnegative();

const TOOLS = {
  update_brief: {
    description:
      'Hand in requirements read from the last message. Each value needs a quote: the exact words of that message it came from. Paths are dotted, for example "budget.max"; for lists one quote for each member.',
    input: z.object({ fields: Brief, quotes: z.array(Quote).max(60) }),
    edits: true,
  },
  change_budget: {
    description:
      'Hand in a budget that the last message states, in whole currency units, with the exact words.',
    input: z.object({
      min: Figure.optional(),
      max: Figure.optional(),
      target: Figure.optional(),
      currency: z.string().length(3).optional(),
      quote: z.string().max(500),
    }),
    edits: true,
  },
  swap_item: {
    description: 'Offer another product for a line: [i…] and [p…].',
    input: z.object({ item: Reference, product: Reference }),
    edits: true,
  },
  propose_item: {
    description: 'Offer to put a product [p…] into a room [r…], or into none (null).',
    input: z.object({
      product: Reference,
      room: Reference.nullable().optional(),
      quantity: z.number().int().min(1).max(10_000),
    }),
    edits: true,
  },
  add_need: {
    description:
      'Offer what the catalogue has for a need that was named in words, for example "acoustic screen".',
    input: z.object({
      what: z.string().min(2).max(120),
      room: Reference.nullable().optional(),
      quantity: z.number().int().min(1).max(10_000),
    }),
    edits: true,
  },
  ask_project: {
    description:
      'Ask the project a question in plain English: reasons, sums, times, counts, carbon, shortfalls.',
    input: z.object({ question: z.string().min(2).max(500) }),
    edits: false,
  },
  compare_scenarios: {
    description: 'Compare the scenarios of the project.',
    input: z.object({}),
    edits: false,
  },
  find_products: {
    description: 'Search the catalogue in plain words.',
    input: z.object({ query: z.string().min(2).max(200), max_price: Figure.optional() }),
    edits: false,
  },
} as const;
type ToolName = keyof typeof TOOLS;
type Input<N extends ToolName> = z.infer<(typeof TOOLS)[N]['input']>;

const MOST_OFFERS = 5;
const MOST_FOUND = 5;

export interface DeskInput {
  facts: ProjectFacts;
  references: References;
  /** Commenters ask; what changes the project is neither shown to the model nor carried out for them. */
  may_edit: boolean;
  search: (query: {
    q: string;
    max_price?: number | undefined;
    limit: number;
  }) => Promise<readonly ProductHit[]>;
  check: (reading: ModelReading) => CheckedReading;
}

export interface Desk {
  tools: LanguageModelV4FunctionTool[];
  /** Never throws for what a model wrote; the answer is what the model is told. */
  run: (name: string, input: string) => Promise<string>;
  /** What came of it. */
  readings: ModelReading[];
  actions: Action[];
  links: AnswerLink[];
}

export function makeDesk(given: DeskInput): Desk {
  const { facts, references, may_edit } = given;
  const readings: ModelReading[] = [];
  const actions: Action[] = [];
  const links: AnswerLink[] = [];

  function offer(action: Action, said: string): string {
    const key = JSON.stringify([action.type, action.swap, action.item]);
    if (actions.some((one) => JSON.stringify([one.type, one.swap, one.item]) === key))
      return 'Offered already.';
    const offered = actions.filter((one) => one.state === 'proposed').length;
    if (action.state === 'proposed' && offered >= MOST_OFFERS)
      return `At most ${MOST_OFFERS} changes are offered at a time; leave the rest.`;
    actions.push(action);
    return said;
  }

  function read(reading: ModelReading): string {
    const { accepted, uncertain, dropped } = given.check(reading);
    readings.push(reading);
    const taken = accepted.map(({ path, value }) => `${path} = ${asData(String(value))}`);
    const asked = uncertain.map(({ path, value }) => `${path} = ${asData(String(value))}`);
    const left = dropped.map(({ path, reason }) => `${asData(path)}: ${reason}`);
    return [
      taken.length > 0 ? `Taken over: ${taken.join('; ')}.` : 'Nothing new was taken over.',
      asked.length > 0 ? `The person is asked to confirm: ${asked.join('; ')}.` : '',
      left.length > 0 ? `Not taken over: ${left.join('; ')}.` : '',
    ]
      .filter(Boolean)
      .join(' ');
  }

  function ask(question: string): string {
    const answer = answerQuestion(question, facts);
    if (answer === null) return WHAT_CAN_BE_ASKED;
    for (const link of answer.links)
      if (links.length < 6 && !links.some((one) => JSON.stringify(one) === JSON.stringify(link)))
        links.push(link);
    const offers = may_edit ? offersOf(answer, facts.recommendation_id) : [];
    for (const action of offers) offer(action, '');
    return `${asData(answer.text, 2000)}${offers.length > 0 ? ' (The changes are offered to the person.)' : ''}`;
  }

  function known(hit: ProductHit): KnownProduct {
    return {
      product_id: hit.id,
      name: hit.name,
      unit_price: hit.currency === facts.currency ? hit.list_price : null,
    };
  }

  async function find({ query, max_price }: Input<'find_products'>): Promise<string> {
    const hits = await given.search({ q: query, max_price, limit: MOST_FOUND });
    if (hits.length === 0) return 'The catalogue has nothing for this.';
    return hits
      .map((hit) => {
        const ref = referProduct(references, known(hit));
        return `[${ref}] ${asData(hit.name)} (${asData(hit.category)}), ${money(hit.list_price, hit.currency)} each, ${plural(hit.lead_time_days, 'day')}`;
      })
      .join('\n');
  }

  function propose(product: KnownProduct, room: string | null | undefined, quantity: number): string {
    if (facts.recommendation_id === null) return 'There is no recommendation yet to put it into.';
    const space = room == null ? null : references.rooms.get(room);
    if (space === undefined) return 'There is no such room reference.';
    const where = space === null ? '' : `, for ${space.name}`;
    return offer(
      {
        type: 'add_item',
        state: 'proposed',
        item: {
          recommendation_id: facts.recommendation_id,
          product_id: product.product_id,
          space_id: space?.id ?? null,
          quantity,
          label: `${quantity} × ${product.name}${where}`,
          price: product.unit_price === null ? null : Math.round(product.unit_price * quantity * 100) / 100,
          change_id: null,
        },
      },
      `Offered: ${quantity} x ${asData(product.name)}.`,
    );
  }

  async function addNeed({ what, room, quantity }: Input<'add_need'>): Promise<string> {
    const [hit] = await given.search({ q: what, limit: 1 });
    return hit === undefined ? 'The catalogue has nothing for this.' : propose(known(hit), room, quantity);
  }

  function swap({ item, product }: Input<'swap_item'>): string {
    const line = references.items.get(item);
    const other = references.products.get(product);
    if (line === undefined || other === undefined || facts.recommendation_id === null)
      return 'There is no such line or product reference.';
    if (line.locked) return 'This line is locked; it is not to be changed.';
    const listed = line.alternatives.find((one) => one.product_id === other.product_id);
    const price_diff =
      listed?.price_diff ??
      (other.unit_price === null ? null : other.unit_price * line.quantity - line.total_price);
    if (price_diff === null) return 'This product is sold in another currency; it cannot be offered here.';
    return offer(
      {
        type: 'swap_item',
        state: 'proposed',
        swap: {
          recommendation_id: facts.recommendation_id,
          item_id: line.id,
          product_id: other.product_id,
          label: `${line.quantity} × ${other.name} instead of ${line.name}`,
          price_diff: Math.round(price_diff * 100) / 100,
          change_id: null,
        },
      },
      'Offered.',
    );
  }

  function changeBudget({ quote, ...budget }: Input<'change_budget'>): string {
    const quotes = Object.keys(budget).map((role) => ({ path: `budget.${role}`, quote }));
    return read({ fields: { budget }, quotes });
  }

  const handlers: { [N in ToolName]: (input: Input<N>) => string | Promise<string> } = {
    update_brief: read,
    change_budget: changeBudget,
    swap_item: swap,
    propose_item: ({ product, room, quantity }) => {
      const found = references.products.get(product);
      return found === undefined ? 'There is no such product reference.' : propose(found, room, quantity);
    },
    add_need: addNeed,
    ask_project: ({ question }) => ask(question),
    compare_scenarios: () => {
      const said = ask('Compare the scenarios');
      if (facts.scenarios.length > 0) offer({ type: 'offer_comparison' }, '');
      return said;
    },
    find_products: find,
  };
  const shown = (Object.keys(TOOLS) as ToolName[]).filter((name) => may_edit || !TOOLS[name].edits);

  async function call<N extends ToolName>(name: N, input: unknown): Promise<string> {
    // A reading is taken as it is: what of it breaks the contract is dropped field by field.
    const schema =
      name === 'update_brief'
        ? z.object({ fields: z.unknown(), quotes: z.array(Quote).max(60) })
        : TOOLS[name].input;
    const parsed = schema.safeParse(input);
    if (!parsed.success)
      return `The input does not fit: ${parsed.error.issues[0]?.message ?? 'unknown shape'}.`;
    return await handlers[name](parsed.data as Input<N>);
  }

  return {
    tools: shown.map((name) => ({
      type: 'function',
      name,
      description: TOOLS[name].description,
      inputSchema: z.toJSONSchema(TOOLS[name].input, {
        io: 'input',
      }) as LanguageModelV4FunctionTool['inputSchema'],
    })),
    async run(name, input) {
      const tool = shown.find((one) => one === name);
      if (tool === undefined) return 'There is no such tool.';
      let parsed: unknown;
      try {
        parsed = input.trim() === '' ? {} : JSON.parse(input);
      } catch {
        return 'The input is not JSON; nothing was done.';
      }
      return await call(tool, parsed);
    },
    readings,
    actions,
    links,
  };
}
