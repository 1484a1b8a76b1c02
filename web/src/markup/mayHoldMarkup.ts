/** A sign that may be a mark, at least at a line's start; `@` follows `<` in mentions; several blank lines become few; names of emoji. */
const MARKS =
  /[*`[]|<@|\\[_~|\]<>]|__?\S|~~|\|\||^ {0,3}(?:>|- |\d{1,9}[.)] )|\n[ \t]*\n[ \t]*\n[ \t]*\n|:[a-z0-9_]{2,32}:/m;

/** Whether a text has to be parsed to be shown. Cheap, and wrong only by saying yes too often. */
export function mayHoldMarkup(text: string): boolean {
  return MARKS.test(text);
}
