// "View in your room": what the phone in hand can do. Android's Scene Viewer takes an address of a .glb; iOS's Quick Look
// takes a USDZ file, which is made here from the same model by three's own exporter.
export type ArKind = 'scene_viewer' | 'quick_look';

/** Null on everything that is not a phone or tablet with a viewer of its own. */
export function arKind(): ArKind | null {
  if (/Android/i.test(navigator.userAgent)) return location.protocol === 'https:' ? 'scene_viewer' : null;
  const link = document.createElement('a');
  return link.relList?.supports?.('ar') ? 'quick_look' : null;
}

/** `model`: an address that works without signing in, with this site's origin. */
export function sceneViewerLink(model: string, title: string): string {
  const file = encodeURIComponent(new URL(model, location.origin).href);
  const here = encodeURIComponent(location.href);
  return (
    `intent://arvr.google.com/scene-viewer/1.0?file=${file}&mode=ar_preferred&resizable=false&title=${encodeURIComponent(title)}` +
    '#Intent;scheme=https;package=com.google.android.googlequicksearchbox;action=android.intent.action.VIEW;' +
    `S.browser_fallback_url=${here};end;`
  );
}

/** The model as USDZ, in metres. */
export async function usdzOf(glb: ArrayBuffer): Promise<Blob> {
  const [{ parseGlb }, { USDZExporter }] = await Promise.all([
    import('./bodies.ts'),
    import('three/addons/exporters/USDZExporter.js'),
  ]);
  const scene = await parseGlb(glb.slice(0));
  const bytes = await new USDZExporter().parseAsync(scene, {
    quickLookCompatible: true,
    includeAnchoringProperties: true,
  });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'model/vnd.usdz+zip' });
}
