// Bringing a file in: drop it anywhere on the plan, or choose it; how far it has gone, and why it was refused.
import { type DragEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { useReviseFloor, useUploadFloorPlan } from '../../api/floor-plans.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatBytes } from '../../ui/units.ts';

export const ACCEPTED = '.dxf,.dwg,.pdf,.png,.jpg,.jpeg';
const MAX_BYTES = 100 * 1024 * 1024;

export interface UploadState {
  file: File;
  /** 0 to 1 of the bytes sent. */
  share: number;
  problem: string | null;
}
export interface UploadHandle {
  state: UploadState | null;
  /** Sends a new floor; with a plan's id the revised file of that floor. */
  start: (file: File, planId?: string) => void;
  clear: () => void;
}

/** What can be said before a byte is sent. */
function refusal(file: File): string | null {
  if (!/\.(dxf|dwg|pdf|png|jpe?g)$/i.test(file.name)) {
    return `${file.name} is not a plan this can read. Export it as DXF, DWG, PDF, PNG or JPG.`;
  }
  if (file.size > MAX_BYTES) {
    return `${file.name} has ${formatBytes(file.size)}; at most 100 MB can be read. Export only this floor.`;
  }
  if (file.size === 0) return `${file.name} is empty.`;
  return null;
}

export function useUpload(projectId: string): UploadHandle {
  const [state, setState] = useState<UploadState | null>(null);
  const { mutate: add } = useUploadFloorPlan(projectId);
  const { mutate: revise } = useReviseFloor(projectId);
  const { selectFloor } = useSelection();
  const start = useCallback(
    (file: File, planId?: string) => {
      const problem = refusal(file);
      setState({ file, share: 0, problem });
      if (problem) return;
      const sent = { file, onProgress: (share: number) => setState((now) => now && { ...now, share }) };
      const outcome = {
        onSuccess: (plan: FloorPlan) => {
          setState(null);
          selectFloor(plan.id);
          if (plan.same_file_as !== null && planId === undefined)
            toast('This very file is already a floor of this project. See the list of floors.', {
              duration: 9000,
            });
        },
        onError: (error: Error) =>
          setState({
            file,
            share: 0,
            problem: error instanceof ApiProblem ? error.detail : problemText(error),
          }),
      };
      if (planId === undefined) add(sent, outcome);
      else revise({ ...sent, id: planId }, outcome);
    },
    [add, revise, selectFloor],
  );
  const clear = useCallback(() => setState(null), []);
  return useMemo(() => ({ state, start, clear }), [state, start, clear]);
}

export function UploadProgress({ upload }: { upload: UploadHandle }) {
  const { state } = upload;
  if (!state) return null;
  return (
    <div className="absolute inset-x-3 bottom-3 z-20 mx-auto max-w-110 rounded-lg border border-line bg-surface p-4 shadow-float">
      {state.problem ? (
        <div role="alert" className="flex flex-col items-start gap-3">
          <div>
            <p className="font-medium">The file was not taken</p>
            <p className="text-sm text-ink-2">{state.problem}</p>
          </div>
          <Button size="sm" onClick={upload.clear}>
            Close
          </Button>
        </div>
      ) : (
        <Progress
          label={`Sending ${state.file.name}`}
          value={state.share * 100}
          note={formatBytes(state.file.size)}
        />
      )}
    </div>
  );
}

export function DropZone(props: { disabled: boolean; onFile: (file: File) => void; children: ReactNode }) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFile = (event: DragEvent) => !props.disabled && event.dataTransfer.types.includes('Files');
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it for the keyboard.
    <div
      className="absolute inset-0"
      onDragEnter={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (hasFile(event)) event.preventDefault();
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        leave();
        const file = event.dataTransfer.files[0];
        if (file) props.onFile(file);
      }}
    >
      {props.children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-accent-wash/90 text-lg font-medium text-accent">
          Drop the floor plan
        </div>
      ) : null}
    </div>
  );
}
