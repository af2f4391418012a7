// The kinds of drawing that difficulty 'real' chooses from, by seed.
import { DOOR_STYLES, LABEL_STYLES, type PlanOptions, type RealOptions } from './model.ts';
import { makeRandom } from './random.ts';

/** Options drawn from the seed, those given in `options.real` instead where they are. */
export function realOptions(seed: number, options: PlanOptions): RealOptions {
  const random = makeRandom(seed * 104_729 + 3);
  const drawn: RealOptions = {
    door_style: random.pick(DOOR_STYLES),
    sliding_share: random.chance(0.3) ? 0.15 : 0,
    wall_variety: random.chance(0.7),
    single_wall_share: random.chance(0.3) ? random.between(0.1, 0.4) : 0,
    label_style: random.pick(LABEL_STYLES),
    tag_boxes: random.chance(0.4),
    outside_labels: random.chance(0.3),
    wall_fill: random.pick(['none', 'none', 'solid', 'lines']),
    fittings: random.chance(0.8),
    overhead: random.chance(0.4),
    sheet: random.chance(0.6),
    dimension_strings: random.chance(0.5),
    demolition: random.chance(0.25),
    second_storey: random.chance(0.1),
    in_block: random.chance(0.2),
  };
  // Where no layer says what is what, walls to be taken down cannot be told from walls.
  if (options.convention === 'none') drawn.demolition = false;
  return { ...drawn, ...options.real };
}
