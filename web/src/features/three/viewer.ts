// The stage of a 3D view: canvas, camera, light, orbit by pointer, touch and keys. A frame is drawn only when something has
// changed. Metres, y up.
import {
  Box3,
  DirectionalLight,
  HemisphereLight,
  MathUtils,
  type Object3D,
  PerspectiveCamera,
  Scene,
  Spherical,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';

const FIELD_OF_VIEW = 38;
const FLIGHT_MS = 450;
/** Sharper than this is paid for and not seen. */
const MOST_PIXEL_RATIO = 2;
/** Longest side of a saved picture, pixels. */
const PICTURE_SIDE = 1920;
const STEP = { turn: MathUtils.degToRad(12), tilt: MathUtils.degToRad(8), zoom: 1.2 } as const;

export interface ViewerStats {
  draw_calls: number;
  triangles: number;
}

/** Where the camera stands at first, as seen from the middle of the subject. */
export interface Angle {
  /** Degrees around, 0 = from the front (+z), counter-clockwise from above. */
  around: number;
  /** Degrees above the horizon. */
  above: number;
  /** May turn by a quarter, so that the long side lies along the long side of the frame. */
  fit_length?: boolean;
}

export type Viewer = ReturnType<typeof makeViewer>;

/** Throws where the browser gives no WebGL. */
export function makeViewer(host: HTMLElement, angle: Angle) {
  const renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' });
  renderer.setPixelRatio(Math.min(devicePixelRatio, MOST_PIXEL_RATIO));
  const canvas = renderer.domElement;
  canvas.className = 'absolute inset-0 block size-full touch-none outline-none';
  canvas.setAttribute('aria-hidden', 'true');
  host.append(canvas);
  const scene = new Scene();
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 2000);
  scene.add(new HemisphereLight(0xffffff, 0x9a958c, 2.1));
  const sun = new DirectionalLight(0xffffff, 1.7);
  sun.position.set(-0.55, 1, 0.75);
  scene.add(sun);
  const controls = new OrbitControls(camera, canvas);
  controls.maxPolarAngle = MathUtils.degToRad(88);
  controls.zoomToCursor = true;
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  const before: ((seconds: number) => boolean)[] = [];
  const subject = new Box3();
  let frame = 0;
  let last = 0;
  let ended = false;
  const stats: ViewerStats = { draw_calls: 0, triangles: 0 };

  const draw = () => {
    renderer.render(scene, camera);
    stats.draw_calls = renderer.info.render.calls;
    stats.triangles = renderer.info.render.triangles;
    host.dataset['drawCalls'] = String(stats.draw_calls);
    host.dataset['triangles'] = String(stats.triangles);
  };
  const tick = (now: number) => {
    frame = 0;
    const seconds = Math.min(0.1, last === 0 ? 0 : (now - last) / 1000);
    const moving = before.map((step) => step(seconds)).some(Boolean);
    last = moving ? now : 0;
    draw();
    if (moving) invalidate();
  };
  function invalidate(): void {
    if (frame === 0 && !ended) frame = requestAnimationFrame(tick);
  }
  controls.addEventListener('change', invalidate);

  const resize = () => {
    const { clientWidth: width, clientHeight: height } = host;
    if (width === 0 || height === 0) return;
    renderer.setSize(width, height, false);
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    // At once: a canvas of a new size is empty until it is drawn.
    draw();
  };
  const size = new ResizeObserver(resize);
  size.observe(host);
  const lost = (event: Event) => event.preventDefault();
  canvas.addEventListener('webglcontextlost', lost);
  canvas.addEventListener('webglcontextrestored', invalidate);

  let flight: { from: [Vector3, Vector3]; to: [Vector3, Vector3]; done: number } | null = null;
  before.push((seconds) => {
    if (!flight) return false;
    flight.done = Math.min(1, flight.done + (seconds * 1000) / FLIGHT_MS);
    const t = 1 - (1 - flight.done) ** 3;
    camera.position.lerpVectors(flight.from[0], flight.to[0], t);
    controls.target.lerpVectors(flight.from[1], flight.to[1], t);
    controls.update();
    if (flight.done < 1) return true;
    flight = null;
    return false;
  });

  function fly(position: Vector3, target: Vector3): void {
    if (still.matches) {
      camera.position.copy(position);
      controls.target.copy(target);
      controls.update();
    } else
      flight = {
        from: [camera.position.clone(), controls.target.clone()],
        to: [position.clone(), target.clone()],
        done: 0,
      };
    invalidate();
  }

  /** As far away as the box needs to be seen whole, from the given direction. */
  function distanceFor(box: Box3, from: Vector3): number {
    const middle = box.getCenter(new Vector3());
    const [back, up] = [from.clone().normalize(), new Vector3(0, 1, 0)];
    const right = new Vector3().crossVectors(up, back).normalize();
    const over = new Vector3().crossVectors(back, right);
    const high = Math.tan(MathUtils.degToRad(camera.fov / 2)) * 0.94;
    const wide = high * camera.aspect;
    let distance = 0.4;
    for (let corner = 0; corner < 8; corner++) {
      const at = new Vector3(
        corner & 1 ? box.max.x : box.min.x,
        corner & 2 ? box.max.y : box.min.y,
        corner & 4 ? box.max.z : box.min.z,
      ).sub(middle);
      const near = at.dot(back);
      distance = Math.max(
        distance,
        near + Math.abs(at.dot(right)) / wide,
        near + Math.abs(at.dot(over)) / high,
      );
    }
    return distance;
  }

  /** A subject that is longer than deep stands upright in a frame that is higher than wide. */
  const startDirection = () => {
    const size = subject.getSize(new Vector3());
    const lengthwise = angle.fit_length === true && size.x > size.z !== camera.aspect > 1;
    const around = angle.around + (lengthwise ? 90 : 0);
    return new Vector3().setFromSphericalCoords(
      1,
      MathUtils.degToRad(90 - angle.above),
      MathUtils.degToRad(around),
    );
  };

  const self = {
    canvas,
    scene,
    camera,
    controls,
    stats,
    invalidate,
    /** Called before each frame with the seconds since the last; true asks for another frame. */
    onFrame: (step: (seconds: number) => boolean) => {
      before.push(step);
      return () => void before.splice(before.indexOf(step), 1);
    },
    /** What `home` shows; how near and far the camera may go follows from it. */
    setSubject(object: Object3D): void {
      subject.setFromObject(object);
      const span = subject.getSize(new Vector3()).length();
      controls.maxDistance = span * 3;
      controls.minDistance = Math.min(0.5, span * 0.4);
      camera.far = span * 8;
      camera.near = Math.max(0.02, span / 1500);
      camera.updateProjectionMatrix();
    },
    /** The whole subject from where one looks at first. */
    home(at_once = false): void {
      if (subject.isEmpty()) return;
      const middle = subject.getCenter(new Vector3());
      const direction = startDirection();
      const position = middle.clone().addScaledVector(direction, distanceFor(subject, direction));
      if (at_once) {
        flight = null;
        camera.position.copy(position);
        controls.target.copy(middle);
        controls.update();
        invalidate();
      } else fly(position, middle);
    },
    /** Brings a box into the middle, from where one looks now, no nearer than needed. */
    show(box: Box3): void {
      const middle = box.getCenter(new Vector3());
      const direction = camera.position.clone().sub(controls.target).normalize();
      const needed = distanceFor(box, direction) * 1.6;
      const now = camera.position.distanceTo(controls.target);
      const distance = MathUtils.clamp(now, needed, Math.max(needed, needed * 3));
      fly(middle.clone().addScaledVector(direction, distance), middle);
    },
    turn(right: number, up: number): void {
      const offset = camera.position.clone().sub(controls.target);
      const ball = new Spherical().setFromVector3(offset);
      ball.theta -= right * STEP.turn;
      ball.phi = MathUtils.clamp(ball.phi - up * STEP.tilt, 0.02, controls.maxPolarAngle);
      camera.position.copy(controls.target).add(offset.setFromSpherical(ball));
      controls.update();
      invalidate();
    },
    /** Positive: nearer. */
    zoom(steps: number): void {
      const offset = camera.position.clone().sub(controls.target);
      const far = MathUtils.clamp(
        offset.length() * STEP.zoom ** -steps,
        controls.minDistance,
        controls.maxDistance,
      );
      camera.position.copy(controls.target).add(offset.setLength(far));
      controls.update();
      invalidate();
    },
    /** What is on screen as a PNG, at a size of its own. */
    async picture(): Promise<Blob> {
      const { clientWidth: width, clientHeight: height } = host;
      const scale = PICTURE_SIDE / Math.max(width, height);
      const ratio = renderer.getPixelRatio();
      renderer.setPixelRatio(1);
      renderer.setSize(Math.round(width * scale), Math.round(height * scale), false);
      draw();
      // Taken before the browser empties the canvas: toBlob copies it at the call.
      const blob = new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      renderer.setPixelRatio(ratio);
      resize();
      const made = await blob;
      if (!made) throw new Error('The browser could not make a picture of this view.');
      return made;
    },
    dispose(): void {
      ended = true;
      cancelAnimationFrame(frame);
      size.disconnect();
      controls.dispose();
      canvas.removeEventListener('webglcontextlost', lost);
      canvas.removeEventListener('webglcontextrestored', invalidate);
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
  return self;
}

/** What the keys of every 3D view do while it has the focus. */
export const TURN_KEYS: Readonly<Record<string, (viewer: Viewer) => void>> = {
  ArrowLeft: (viewer) => viewer.turn(-1, 0),
  ArrowRight: (viewer) => viewer.turn(1, 0),
  ArrowUp: (viewer) => viewer.turn(0, 1),
  ArrowDown: (viewer) => viewer.turn(0, -1),
  '+': (viewer) => viewer.zoom(1),
  '=': (viewer) => viewer.zoom(1),
  '-': (viewer) => viewer.zoom(-1),
  Home: (viewer) => viewer.home(),
};
