// Whether this browser can draw in three dimensions. Asked before the large part is loaded.
let known: boolean | undefined;

export function hasWebGl(): boolean {
  if (known === undefined) {
    try {
      const context = document.createElement('canvas').getContext('webgl2');
      known = context !== null;
      context?.getExtension('WEBGL_lose_context')?.loseContext();
    } catch {
      known = false;
    }
  }
  return known;
}

export const NO_WEBGL =
  'This browser cannot draw in 3D (WebGL is off or missing). Turn it on in the browser’s settings, or use another browser.';
