import { PASSWORD_MIN } from '@dialog/shared/auth.values';
import { dictionary } from '@zxcvbn-ts/language-common';
import { AppError } from '../platform/appError.ts';

/** The tens of thousands that guessing begins with. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'] as readonly string[] | undefined);

/** More than this around a common word is no mere ornament. */
const ORNAMENT_MAX = 6;
/** A password of one short piece repeated is that piece. */
const PIECE_MIN = 4;

/** @throws AppError `password-too-short` or `password-too-common`. `names`: what the person is called. */
export function checkNewPassword(password: string, names: readonly string[]): void {
  if ([...password].length < PASSWORD_MIN) throw new AppError('password-too-short');
  if (
    isGuessable(
      password.toLowerCase(),
      names.map((name) => name.toLowerCase()),
    )
  )
    throw new AppError('password-too-common');
}

function isGuessable(password: string, names: readonly string[]): boolean {
  const piece = repeatedPiece(password);
  if (piece.length < PIECE_MIN || isCommon(piece)) return true;
  return names.some(
    (name) => name.length > 2 && password.includes(name) && password.length - name.length <= ORNAMENT_MAX,
  );
}

/** In the list as it is, or without the digits and signs around it: `!Password2026`. */
function isCommon(text: string): boolean {
  if (COMMON.has(text)) return true;
  const core = text.slice(firstLetter(text), lastLetter(text) + 1);
  return core !== '' && text.length - core.length <= ORNAMENT_MAX && COMMON.has(core);
}

/** `abcabc` → `abc`; the whole text when it does not repeat. */
function repeatedPiece(text: string): string {
  return text.slice(0, `${text}${text}`.indexOf(text, 1));
}

function firstLetter(text: string): number {
  const at = text.search(/\p{L}/u);
  return at === -1 ? text.length : at;
}

function lastLetter(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (/\p{L}/u.test(text[at] ?? '')) return at;
  return -1;
}
