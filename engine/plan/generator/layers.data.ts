// Layer names of generated drawings, by convention.
import type { Convention } from './model.ts';

export type Part =
  | 'wall'
  | 'door'
  | 'glazing'
  | 'label'
  | 'furniture'
  | 'fixture'
  | 'grid'
  | 'dimension'
  | 'column'
  | 'partition';

export const LAYERS: Record<Convention, Record<Part, string>> = {
  aia: {
    wall: 'A-WALL',
    door: 'A-DOOR',
    glazing: 'A-GLAZ',
    label: 'A-FLOR-IDEN',
    furniture: 'A-FURN',
    fixture: 'P-FIXT',
    grid: 'S-GRID',
    dimension: 'A-ANNO-DIMS',
    column: 'S-COLS',
    partition: 'A-FURN-PNLS',
  },
  xref: {
    wall: 'storey$0$A-WALL',
    door: 'storey$0$A-DOOR',
    glazing: 'storey$0$A-GLAZ',
    label: 'storey$0$A-AREA-IDEN',
    furniture: 'storey$0$I-FURN',
    fixture: 'storey$0$P-SANR',
    grid: 'storey$0$S-GRID',
    dimension: 'A-ANNO-DIMS',
    column: 'storey$0$A-COLS',
    partition: 'storey$0$A-WALL-PRHT',
  },
  words: {
    wall: 'Walls',
    door: 'Doors',
    glazing: 'Windows',
    label: 'Room names',
    furniture: 'Furniture',
    fixture: 'Plumbing',
    grid: 'Grid lines',
    dimension: 'Dimensions',
    column: 'Columns',
    partition: 'Workstation panels',
  },
  german: {
    wall: 'WAENDE',
    door: 'TUEREN',
    glazing: 'FENSTER',
    label: 'RAUMTEXT',
    furniture: 'MOEBEL',
    fixture: 'SANITAER',
    grid: 'ACHSEN',
    dimension: 'BEMASSUNG',
    column: 'STUETZEN',
    partition: 'MOEBEL',
  },
  none: {
    wall: '0',
    door: '0',
    glazing: '0',
    label: '0',
    furniture: '0',
    fixture: '0',
    grid: '0',
    dimension: '0',
    column: '0',
    partition: '0',
  },
};
