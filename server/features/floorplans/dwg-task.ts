// Runs alone in a child process: DWG bytes to DXF bytes by the optional library, which is found where the user put it.
// One file a process: the library keeps state and a second file aborts it.
import { pathToFileURL } from 'node:url';
import { dwgDatabaseToDxf } from '../../../engine/plan/dwg/to_dxf.ts';
import { PlanError } from '../../../engine/plan/errors.ts';

/** The part of @mlightcad/libredwg-web that is used. */
type Library = {
  LibreDwg: {
    create(): Promise<{
      dwg_read_data(file: ArrayBuffer, type: number): number | undefined;
      convert(drawing: number): unknown;
    }>;
  };
  Dwg_File_Type: { DWG: number };
};

export async function dwgToDxf({
  bytes,
  module_path,
  file_name,
}: {
  bytes: Uint8Array;
  module_path: string;
  file_name: string;
}): Promise<Uint8Array> {
  const { LibreDwg, Dwg_File_Type } = (await import(pathToFileURL(module_path).href)) as Library;
  const library = await LibreDwg.create();
  return new TextEncoder().encode(dwgDatabaseToDxf(databaseOf()));

  function databaseOf(): unknown {
    try {
      const drawing = library.dwg_read_data(new Uint8Array(bytes).buffer, Dwg_File_Type.DWG);
      if (drawing) return library.convert(drawing);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
    throw new PlanError(
      'malformed',
      `"${file_name}" is a DWG that cannot be opened; repair it (AUDIT) or export it as DXF.`,
    );
  }
}
