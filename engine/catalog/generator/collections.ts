// The fictional makers and collections of the generated catalogue, and the colours and finishes they come in.
// No brand here is a real company; "OFS" is the maker's default brand value of the product table.
import type { Palette } from './kinds.ts';

/** 0 economy, 1 middle, 2 premium. */
export type Tier = 0 | 1 | 2;

export interface Collection {
  readonly name: string;
  readonly brand: string;
  readonly style: string;
  readonly tier: Tier;
}

/** Price against a kind's middle price. */
export const TIER_PRICE = [0.62, 1, 1.62] as const;
/** Lead time against a kind's usual one; economy lines are largely kept in stock. */
export const TIER_LEAD = [0.6, 1, 1.3] as const;

/** Dealer price as a share of list: chained discounts of 50/10, 50/15, 45/10 and 50/5. */
export const DEALER_SHARE: Readonly<Record<string, number>> = {
  OFS: 0.45,
  Halvorn: 0.425,
  Tessaro: 0.495,
  Brackenfield: 0.45,
  Quietform: 0.495,
  'Orrin & Vale': 0.475,
  Fennick: 0.425,
};

const ROWS = `
Basela OFS modern 0
Corvid OFS industrial 0
Plainfield Fennick minimalist 0
Tally Fennick playful 0
Dovecote Halvorn scandinavian 0
Junction Halvorn industrial 0
Meadow Brackenfield biophilic 0
Harrow Brackenfield traditional 0
Aldine OFS modern 1
Verso OFS minimalist 1
Lark Halvorn scandinavian 1
Foundry Halvorn industrial 1
Fernway Brackenfield biophilic 1
Hush Quietform minimalist 1
Pico Fennick playful 1
Ashlar Tessaro traditional 1
Meridian OFS executive 2
Solenne Tessaro minimalist 2
Castellan Tessaro executive 2
Nordhavn Halvorn scandinavian 2
Canopy Brackenfield biophilic 2
Stillwater Quietform modern 2
Hallmark Orrin_&_Vale traditional 2
Atelier Orrin_&_Vale modern 2
`;

export const COLLECTIONS: readonly Collection[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [name = '', brand = '', style = '', tier = '1'] = row.split(' ');
    return { name, brand: brand.replaceAll('_', ' '), style, tier: Number(tier) as Tier };
  });

export const COLORS: Readonly<Record<Palette, readonly string[]>> = {
  fabric: [
    'black',
    'charcoal',
    'light gray',
    'navy',
    'teal',
    'forest green',
    'sage',
    'rust',
    'mustard',
    'oatmeal',
    'burgundy',
    'sky blue',
  ],
  wood: ['white', 'natural oak', 'walnut', 'maple', 'light ash', 'black', 'cherry', 'gray elm'],
  metal: ['black', 'white', 'silver', 'graphite', 'sand', 'deep blue'],
  plastic: ['white', 'black', 'gray', 'red', 'blue', 'green'],
  felt: ['silver gray', 'anthracite', 'moss green', 'petrol blue', 'terracotta', 'cream'],
};
