// Which code page the texts of a DXF are written in, and how to read it: Windows and Asian pages by the platform's
// decoder, the DOS pages of old files by table.

/** Characters 128 to 255 of the DOS code pages (IBM). */
const DOS: Record<string, string> = {
  '437':
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  '850':
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  '852':
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
};

/** Names of $DWGCODEPAGE that are not ANSI_ and a Windows number. */
const NAMED: Record<string, string> = {
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
  '866': 'ibm866',
  '1361': 'euc-kr',
  GB2312: 'gbk',
  BIG5: 'big5',
  KSC5601: 'euc-kr',
  JOHAB: 'euc-kr',
  'ISO8859-1': 'windows-1252',
  'ISO8859-2': 'iso-8859-2',
  'ISO8859-5': 'iso-8859-5',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
};

/** From this version on (AutoCAD 2007) texts are UTF-8 whatever the code page says. */
const FIRST_IN_UTF8 = 1021;
const HEAD_BYTES = 64 * 1024;

/** How to read the texts of this file, by its $ACADVER and $DWGCODEPAGE; both ASCII and binary files. */
export function decoderOf(bytes: Uint8Array): (bytes: Uint8Array) => string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const version = Number(/\$ACADVER\W+(?:1\W+)?AC(\d{4})/i.exec(head)?.[1] ?? 0);
  const page = (/\$DWGCODEPAGE\W+(?:3\W+)?([\w-]+)/i.exec(head)?.[1] ?? 'ANSI_1252').toUpperCase();
  const number = /(\d+)$/.exec(page)?.[1] ?? '';
  const dos = DOS[number];
  if (version < FIRST_IN_UTF8 && dos && !page.startsWith('ANSI')) return (part) => byTable(part, dos);
  const label = NAMED[page] ?? NAMED[number] ?? `windows-${number || '1252'}`;
  const decoder = decoderFor(label);
  if (version < FIRST_IN_UTF8) return (part) => decoder.decode(part);
  const modern = new TextDecoder('utf-8', { fatal: true });
  return (part) => {
    try {
      return modern.decode(part);
    } catch {
      return decoder.decode(part);
    }
  };
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

function byTable(bytes: Uint8Array, table: string): string {
  const parts: string[] = [];
  const STEP = 8192;
  for (let from = 0; from < bytes.length; from += STEP) {
    let text = '';
    for (const byte of bytes.subarray(from, from + STEP))
      text += byte < 128 ? String.fromCharCode(byte) : table[byte - 128];
    parts.push(text);
  }
  return parts.join('');
}
