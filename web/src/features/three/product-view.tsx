// One product in three dimensions, from its own .glb. Loaded only when it is shown.
import { useQuery } from '@tanstack/react-query';
import { Maximize, Minus, Plus } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Group, Mesh, type Object3D } from 'three';
import { productModelQuery } from '../../api/renders.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { edgesOf, flatMaterial, isMesh, parseGlb } from './bodies.ts';
import { onThemeChange, readPalette } from './palette.ts';
import { makeViewer, TURN_KEYS, type Viewer } from './viewer.ts';

const FIRST_ANGLE = { around: 32, above: 20 } as const;

export interface ProductViewProps {
  product_id: string;
  name: string;
  /** Told once, when somebody first turns or zooms it. */
  onTouch?: (() => void) | undefined;
}

export default function ProductView({ product_id, name, onTouch }: ProductViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const model = useQuery(productModelQuery(product_id));
  const { viewer, ready, problem } = useProductStage(host, model.data);
  useTurnKeys(host, viewer);
  const failed = problem ?? model.error;
  if (failed)
    return (
      <ErrorState
        title="The 3D model could not be shown"
        error={failed}
        onRetry={() => void model.refetch()}
      />
    );
  return (
    <div className="absolute inset-0">
      <div
        ref={host}
        role="application"
        aria-label={`3D model of ${name}`}
        aria-roledescription="3D model"
        aria-describedby="model-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn the model while it has the focus.
        tabIndex={0}
        className="absolute inset-0 rounded-lg outline-offset-[-2px]"
        onPointerDown={onTouch}
        onKeyDown={onTouch}
      />
      <p id="model-keys" className="sr-only">
        Arrow keys turn, plus and minus zoom, Home shows it as at first.
      </p>
      {ready ? (
        <div className="absolute right-2 bottom-2 flex flex-col rounded-md border border-line bg-surface">
          <IconButton label="Zoom in" shortcut="+" side="left" onClick={() => viewer.current?.zoom(1)}>
            <Plus />
          </IconButton>
          <IconButton label="Zoom out" shortcut="−" side="left" onClick={() => viewer.current?.zoom(-1)}>
            <Minus />
          </IconButton>
          <IconButton label="As at first" shortcut="Home" side="left" onClick={() => viewer.current?.home()}>
            <Maximize />
          </IconButton>
        </div>
      ) : (
        <div
          role="status"
          aria-label="Loading the 3D model"
          className="absolute inset-0 grid place-items-center"
        >
          <Skeleton className="size-2/5 rounded-sm" />
        </div>
      )}
    </div>
  );
}

function useProductStage(host: RefObject<HTMLDivElement | null>, bytes: ArrayBuffer | undefined) {
  const viewer = useRef<Viewer | null>(null);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const element = host.current;
    if (!element || !bytes) return;
    let left = false;
    let clear = () => {};
    try {
      viewer.current = makeViewer(element, FIRST_ANGLE);
    } catch (error) {
      setProblem(error);
      return;
    }
    const stage = viewer.current;
    // It may be looked at from below, too.
    stage.controls.maxPolarAngle = Math.PI;
    stage.controls.enablePan = false;
    stage.controls.zoomToCursor = false;
    parseGlb(bytes.slice(0)).then(
      (scene) => {
        if (left) return;
        const { group, paint, dispose } = drawn(scene, element);
        stage.scene.add(group);
        stage.setSubject(group);
        const repaint = () => {
          paint();
          stage.scene.background = readPalette(element, []).sheet;
          stage.invalidate();
        };
        repaint();
        const unwatch = onThemeChange(repaint);
        clear = () => {
          unwatch();
          dispose();
        };
        stage.home(true);
        element.dataset['pieces'] = '1';
        setReady(true);
      },
      (error: unknown) => setProblem(error),
    );
    return () => {
      left = true;
      clear();
      stage.dispose();
      viewer.current = null;
    };
  }, [host, bytes]);
  return { viewer, ready, problem };
}

function drawn(scene: Object3D, host: HTMLElement) {
  const group = new Group();
  const own: Parameters<typeof edgesOf>[0][number][] = [];
  scene.traverse((node) => {
    if (!isMesh(node)) return;
    own.push(node);
    const material = flatMaterial();
    material.color.copy(node.material.color);
    material.transparent = node.material.opacity < 1;
    material.opacity = node.material.opacity;
    material.depthWrite = !material.transparent;
    const mesh = new Mesh(node.geometry, material);
    mesh.applyMatrix4(node.matrixWorld);
    group.add(mesh);
  });
  const lines = edgesOf(own, 0.7);
  group.add(lines);
  return {
    group,
    paint: () => lines.material.color.copy(readPalette(host, []).line),
    dispose: () =>
      group.traverse((object) => {
        const { geometry, material } = object as Partial<Mesh>;
        geometry?.dispose();
        if (material && !Array.isArray(material)) material.dispose();
      }),
  };
}

function useTurnKeys(host: RefObject<HTMLDivElement | null>, viewer: RefObject<Viewer | null>): void {
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const down = (event: KeyboardEvent) => {
      const act = TURN_KEYS[event.key];
      if (!act || !viewer.current || event.ctrlKey || event.metaKey || event.altKey) return;
      act(viewer.current);
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', down);
    return () => element.removeEventListener('keydown', down);
  }, [host, viewer]);
}
