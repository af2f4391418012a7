// The plan of the demo project: a fictional office of about 10,000 sq ft.
import { generatePlan } from './generate.ts';
import type { GeneratedPlan } from './model.ts';
import { writeDxf } from './write_dxf.ts';

/** A clean, furnished-as-built office: named and numbered rooms, doors, windows, columns, AIA layers, inches. */
export function samplePlan(seed: number): GeneratedPlan {
  return generatePlan(seed, {
    width_ft: 128,
    depth_ft: 78,
    convention: 'aia',
    unit: 'in',
    wrong_header: false,
    rotation_degrees: 0,
    notched: false,
    l_core: false,
    curved: false,
    columns: true,
    furniture: false,
    partitions: false,
    grid: false,
    dimensions: true,
    gap_share: 0,
    cased_openings: 0,
    missing_doors: 0,
    labels: 'both',
    areas_printed: false,
    difficulty: 'plain',
  });
}

/** DXF bytes of the sample plan, for the demo project and for tests. */
export function samplePlanDxf(seed: number): Uint8Array {
  return new TextEncoder().encode(writeDxf(samplePlan(seed)));
}
