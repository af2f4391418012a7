// Which passwords are too easily guessed although they are long: what is left of one when everything guessers try
// first is taken out must still be something. No list is fetched; the words and rows below are our own.
import { AppError } from '../../platform/errors.ts';

/** Distinct letters and digits that must remain besides what is commonplace. */
const REMAINDER = 4;

// Words that passwords are commonly built from, longest first where one holds another.
const COMMON = [
  'correcthorsebatterystaple',
  'correct',
  'horse',
  'battery',
  'staple',
  'administrator',
  'passphrase',
  'motdepasse',
  'contrasena',
  'iloveyou',
  'password',
  'passwort',
  'passw',
  'princess',
  'sunshine',
  'football',
  'baseball',
  'superman',
  'starwars',
  'trustno',
  'whatever',
  'computer',
  'internet',
  'letmein',
  'welcome',
  'default',
  'changeme',
  'temporary',
  'company',
  'monkey',
  'dragon',
  'master',
  'shadow',
  'michael',
  'jordan',
  'batman',
  'freedom',
  'mustang',
  'ninja',
  'hello',
  'secret',
  'access',
  'admin',
  'login',
  'guest',
  'summer',
  'winter',
  'spring',
  'autumn',
  'january',
  'february',
  'october',
  'november',
  'december',
  'monday',
  'friday',
  'love',
  'pass',
  'test',
  'user',
  'root',
  'demo',
] as const;

// Rows of keyboards and the alphabets; any run of three or more along one of them, either way, is commonplace.
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
];

const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Undefined for a password that may be used, else one sentence saying what is wrong with it. */
export function weaknessOf(
  password: string,
  person: { email?: string; names?: readonly string[] } = {},
): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 5) return 'repeats too few different characters; use a sentence of several words';
  const own = [
    person.email?.split('@')[0],
    person.email?.split('@')[1]?.split('.')[0],
    ...(person.names ?? []),
  ]
    .map((word) => letters(word ?? ''))
    .filter((word) => word.length >= 3);
  // Read as it stands and with the usual look-alikes turned back into letters: the weaker reading counts.
  for (const reading of [plain, [...plain].map((sign) => LOOKALIKES[sign] ?? sign).join('')]) {
    const rest = besides(letters(reading), own);
    if (new Set(rest).size < REMAINDER)
      return 'is made of words and rows of keys that are guessed first; use a sentence of several words';
  }
  return undefined;
}

/** Throws what `weaknessOf` says, at the field the password came in. */
export function requireStrong(
  password: string,
  person: Parameters<typeof weaknessOf>[1],
  path: string,
): void {
  const weakness = weaknessOf(password, person);
  if (weakness !== undefined)
    throw new AppError('invalid_input', `The password ${weakness}.`, {
      fields: [{ path, message: weakness }],
    });
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function besides(text: string, own: readonly string[]): string {
  let rest = text;
  for (const word of [...own, ...COMMON]) rest = rest.replaceAll(word, ' ');
  rest = withoutRuns(rest);
  // Years and other numbers of up to four digits, and one character again and again.
  return rest
    .replace(/(.)\1{2,}/gu, ' ')
    .replace(/(?<!\d)\d{1,4}(?!\d)/g, ' ')
    .replaceAll(' ', '');
}

function withoutRuns(text: string): string {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
  let rest = '';
  for (let at = 0; at < text.length; ) {
    let length = 1;
    for (const row of rows) {
      let end = at + 3;
      while (end <= text.length && row.includes(text.slice(at, end))) end++;
      if (end - 1 - at >= 3) length = Math.max(length, end - 1 - at);
    }
    rest += length >= 3 ? ' ' : (text[at] ?? '');
    at += length;
  }
  return rest;
}
