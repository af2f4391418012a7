// DXF text as a person reads it: formatting codes of TEXT and MTEXT taken out, special characters put in.

/** Plain text of a TEXT or ATTRIB value: %%d, %%p, %%c and the like, and escaped characters. */
export function plainText(value: string): string {
  return unescaped(value)
    .replace(/%%[dD]/g, '°')
    .replace(/%%[pP]/g, '±')
    .replace(/%%[cC]/g, 'Ø')
    .replace(/%%[uUoOkK]/g, '')
    .replace(/%%(\d{3})/g, (_, n: string) => String.fromCharCode(Number(n)))
    .replace(/%%%/g, '%')
    .replace(/\^[IJM]/g, ' ')
    .trim();
}

/** Code pages of \M+nXXXX, by n (Autodesk DXF reference, "Multibyte"). */
const MULTIBYTE = ['', 'shift_jis', 'big5', 'euc-kr', 'euc-kr', 'gbk'];

/** Characters written as escapes: \U+XXXX by code point, \M+nXXXX by code page n and its two bytes. */
function unescaped(value: string): string {
  if (!value.includes('\\')) return value;
  return value
    .replace(/\\U\+([0-9A-Fa-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(
      /\\M\+([1-5])([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})/g,
      (_, page: string, high: string, low: string) => {
        const bytes = Uint8Array.of(Number.parseInt(high, 16), Number.parseInt(low, 16));
        return new TextDecoder(MULTIBYTE[Number(page)]).decode(bytes);
      },
    );
}

/** Lines of an MTEXT value without fonts, colours, stacking and grouping codes. */
export function mtextLines(value: string): string[] {
  const plain = unescaped(value.replace(/\\\\/g, '\ue001'))
    .replace(/\\\{/g, '\ue002')
    .replace(/\\\}/g, '\ue003')
    .replace(/\\S([^;]*?)[#^/]([^;]*);/g, (_, top: string, bottom: string) =>
      bottom.trim() ? ` ${top.trim()}/${bottom.trim()}` : top,
    )
    .replace(/\\[ACFHQTWfp][^;\\{}]*;/g, '')
    .replace(/\\[LlOoKk]/g, '')
    .replace(/\\~/g, ' ')
    .replace(/\^[IM]/g, ' ')
    .replace(/\^J|\\X|\\N/g, '\n')
    .replace(/\\P/g, '\n')
    .replace(/[{}]/g, '')
    .replace(/\ue001/g, '\\')
    .replace(/\ue002/g, '{')
    .replace(/\ue003/g, '}');
  return plain
    .split('\n')
    .map((line) => plainText(line).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
