/**
 * Words by which a product shows a style or a feature. General furniture vocabulary, matched as whole words in names,
 * tags, materials, features and descriptions.
 */
import type { Style } from '../../contract/brief.ts';

export const STYLE_WORDS: Record<Style, readonly string[]> = {
  modern: ['modern', 'contemporary', 'sleek', 'clean lines', 'clean-lined', 'aluminum', 'aluminium', 'glass'],
  minimalist: ['minimalist', 'minimal', 'simple', 'slim', 'understated', 'pared back', 'clean lines'],
  industrial: ['industrial', 'steel', 'iron', 'raw', 'metal', 'reclaimed', 'loft', 'exposed'],
  traditional: ['traditional', 'classic', 'timeless', 'walnut', 'cherry', 'mahogany', 'veneer', 'tufted'],
  scandinavian: ['scandinavian', 'nordic', 'birch', 'ash', 'oak', 'light wood', 'beech', 'hygge'],
  biophilic: [
    'biophilic',
    'natural',
    'nature',
    'plant',
    'planter',
    'wood',
    'cork',
    'bamboo',
    'moss',
    'rattan',
    'wool',
  ],
  playful: ['playful', 'colorful', 'colourful', 'bright', 'fun', 'bold', 'curved', 'whimsical'],
  executive: ['executive', 'leather', 'premium', 'luxury', 'boardroom', 'walnut', 'high-back', 'high back'],
};

/** Features asked for by needs and the words that prove them; anything else is matched by its own name. */
export const FEATURE_WORDS: Record<string, readonly string[]> = {
  height_adjustable: [
    'height adjustable',
    'adjustable height',
    'height adjustment',
    'sit stand',
    'standing desk',
    'electric height',
  ],
  lumbar_support: ['lumbar', 'lumbar support', 'adjustable lumbar'],
  adjustable_armrests: [
    'adjustable armrests',
    'adjustable arms',
    '3d arms',
    '4d arms',
    '4d armrests',
    'armrests',
  ],
  armrests: ['armrests', 'armrest', 'arms'],
  castors: ['castors', 'casters', 'wheels', 'rolling'],
  seat_depth: ['seat depth', 'seat slide', 'seat slider', 'sliding seat'],
  synchro_tilt: ['synchro tilt', 'synchro', 'tilt', 'weight activated'],
  cable_management: ['cable management', 'cable tray', 'cable', 'wire management', 'grommet'],
  lockable: ['lockable', 'lock', 'locking', 'keyed'],
  mobile: ['castors', 'casters', 'wheels', 'mobile', 'rolling'],
  modular: ['modular', 'reconfigurable', 'sectional', 'linkable'],
};

/** Features that a wish of the whole brief adds to what a role prefers. */
export const WISH_FEATURES: Record<string, readonly string[]> = {
  modular_reconfigurable: ['modular', 'mobile'],
  cable_management: ['cable_management'],
  ergonomic_seating: ['lumbar_support', 'adjustable_armrests'],
};
